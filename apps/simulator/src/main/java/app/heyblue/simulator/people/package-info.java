/** Who they are, and how they ask the server. */
@NullMarked
package app.heyblue.simulator.people;

import org.jspecify.annotations.NullMarked;
