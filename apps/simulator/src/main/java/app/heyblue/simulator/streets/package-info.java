/** Where people go. */
@NullMarked
package app.heyblue.simulator.streets;

import org.jspecify.annotations.NullMarked;
