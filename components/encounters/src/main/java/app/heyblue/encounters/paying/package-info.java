/** Has a recorded meeting paid, once, and its end told; also after a crash. */
@NullMarked
package app.heyblue.encounters.paying;

import org.jspecify.annotations.NullMarked;
