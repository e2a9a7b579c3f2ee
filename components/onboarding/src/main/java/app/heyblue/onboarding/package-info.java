/**
 * Joining: applications as a state machine, ID validators, device relinks.
 *
 * <p>Called by nobody; calls catalogs and notifications.
 */
@NullMarked
package app.heyblue.onboarding;

import org.jspecify.annotations.NullMarked;
