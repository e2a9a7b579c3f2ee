/** How tracking behaves. */
@NullMarked
package app.heyblue.tracking.positions;

import org.jspecify.annotations.NullMarked;
