/** How tracking behaves. */
@NullMarked
package app.heyblue.tracking;

import org.jspecify.annotations.NullMarked;
