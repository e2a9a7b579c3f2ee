/** Messages and sockets. */
@NullMarked
package app.heyblue.simulator.wire;

import org.jspecify.annotations.NullMarked;
