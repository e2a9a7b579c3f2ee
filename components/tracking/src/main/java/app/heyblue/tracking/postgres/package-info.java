/** The tables of officers' zones, of consent and of civilians' tracks. */
@NullMarked
package app.heyblue.tracking.postgres;

import org.jspecify.annotations.NullMarked;
