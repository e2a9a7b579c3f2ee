/** Live sockets by the ten thousand, on one thread. */
@NullMarked
package app.heyblue.simulator.wire;

import org.jspecify.annotations.NullMarked;
