/** The map of the house, proved and drawn, and the references that are generated from the code. */
@NullMarked
package app.heyblue.architecture;

import org.jspecify.annotations.NullMarked;
