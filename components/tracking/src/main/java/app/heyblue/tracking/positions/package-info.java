/** What people say about where they are: checked, thinned, and kept for civilians only. */
@NullMarked
package app.heyblue.tracking.positions;

import org.jspecify.annotations.NullMarked;
