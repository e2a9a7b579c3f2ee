/**
 * Joining: applications as a state machine, ID validators, the agencies' roster, device relinks and
 * password resets.
 *
 * <p>Called by no room (the server's start and command line vouch through {@link
 * app.heyblue.onboarding.Onboarding}); calls catalogs and notifications.
 *
 * <p>{@code domain} holds the state machine and its worker, {@code validators} the port by which
 * identities are checked and its adapters, {@code roster} the agencies, {@code postgres} the SQL,
 * {@code http} the resources.
 */
@NullMarked
package app.heyblue.onboarding;

import org.jspecify.annotations.NullMarked;
