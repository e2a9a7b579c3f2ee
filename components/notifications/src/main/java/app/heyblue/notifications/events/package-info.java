/** Letters about what the streams tell. */
@NullMarked
package app.heyblue.notifications.events;

import org.jspecify.annotations.NullMarked;
