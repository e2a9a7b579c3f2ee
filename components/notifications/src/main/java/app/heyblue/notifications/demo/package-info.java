/** The mailbox of the demo town. */
@NullMarked
package app.heyblue.notifications.demo;

import org.jspecify.annotations.NullMarked;
