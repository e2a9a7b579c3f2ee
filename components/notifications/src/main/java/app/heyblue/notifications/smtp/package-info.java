/** Mail by SMTP. */
@NullMarked
package app.heyblue.notifications.smtp;

import org.jspecify.annotations.NullMarked;
