/** Refreshes: one at a time, in the background, applied whole or not at all. */
@NullMarked
package app.heyblue.catalogs.refresh;

import org.jspecify.annotations.NullMarked;
