/**
 * What people are told: at once over the live socket or by Web Push, and by letters, into the demo
 * mailbox or by SMTP; and which of it each wants. Codes and security letters always go out; what
 * happens to accounts is heard from the streams. Rooms that take messages of the live socket give
 * their {@link app.heyblue.notifications.LiveHandler}.
 *
 * <p>Called by onboarding, tracking and encounters; calls users for the language that each is
 * written to in.
 */
@NullMarked
package app.heyblue.notifications;

import org.jspecify.annotations.NullMarked;
