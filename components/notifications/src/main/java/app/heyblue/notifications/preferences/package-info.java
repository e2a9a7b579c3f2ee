/** Which letters each wants beside those that always go out. */
@NullMarked
package app.heyblue.notifications.preferences;

import org.jspecify.annotations.NullMarked;
