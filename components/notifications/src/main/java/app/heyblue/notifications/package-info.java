/**
 * What people are told: letters by mail, into the demo mailbox or by SMTP, and which of them each
 * wants. Codes and security letters always go out; what happens to accounts is heard from the
 * streams.
 *
 * <p>Called by onboarding; calls users for the language that each is written to in.
 */
@NullMarked
package app.heyblue.notifications;

import org.jspecify.annotations.NullMarked;
