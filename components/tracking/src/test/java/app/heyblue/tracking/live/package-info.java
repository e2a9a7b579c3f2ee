/** What comes over live sockets. */
@NullMarked
package app.heyblue.tracking.live;

import org.jspecify.annotations.NullMarked;
