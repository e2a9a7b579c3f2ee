/**
 * The live socket: who is connected, what comes in and which room takes it, what goes out. Nothing
 * of it is stored, traced or logged.
 */
@NullMarked
package app.heyblue.notifications.live;

import org.jspecify.annotations.NullMarked;
