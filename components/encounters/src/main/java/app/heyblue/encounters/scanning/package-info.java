/** A scan in its steps. */
@NullMarked
package app.heyblue.encounters.scanning;

import org.jspecify.annotations.NullMarked;
