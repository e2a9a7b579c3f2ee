/** A scan's steps, and their recovery after a crash. */
@NullMarked
package app.heyblue.encounters.scanning;

import org.jspecify.annotations.NullMarked;
