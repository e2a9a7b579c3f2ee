/** The room's tables. */
@NullMarked
package app.heyblue.notifications.postgres;

import org.jspecify.annotations.NullMarked;
