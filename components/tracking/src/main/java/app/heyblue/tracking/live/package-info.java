/** Positions that come over the live socket. */
@NullMarked
package app.heyblue.tracking.live;

import org.jspecify.annotations.NullMarked;
