/** Officers who share for a while, and what ends it. */
@NullMarked
package app.heyblue.tracking.sharing;

import org.jspecify.annotations.NullMarked;
