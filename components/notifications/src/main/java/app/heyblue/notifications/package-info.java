/**
 * What people are told: mail today, by demo mailbox or SMTP.
 *
 * <p>Called by onboarding and encounters; calls users for preferences once there are any.
 */
@NullMarked
package app.heyblue.notifications;

import org.jspecify.annotations.NullMarked;
