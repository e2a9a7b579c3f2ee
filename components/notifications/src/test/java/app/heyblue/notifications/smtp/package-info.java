/** Tests of this package. */
@NullMarked
package app.heyblue.notifications.smtp;

import org.jspecify.annotations.NullMarked;
