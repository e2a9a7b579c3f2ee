/** Tests of this package. */
@NullMarked
package app.heyblue.notifications.events;

import org.jspecify.annotations.NullMarked;
