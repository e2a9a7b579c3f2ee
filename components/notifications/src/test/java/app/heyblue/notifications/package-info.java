/** Tests of this package. */
@NullMarked
package app.heyblue.notifications;

import org.jspecify.annotations.NullMarked;
