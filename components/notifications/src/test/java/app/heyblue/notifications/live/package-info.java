/** Tests of the live socket, over real connections. */
@NullMarked
package app.heyblue.notifications.live;

import org.jspecify.annotations.NullMarked;
