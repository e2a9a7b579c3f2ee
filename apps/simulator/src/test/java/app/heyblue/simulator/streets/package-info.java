/** Ways, held against what people do. */
@NullMarked
package app.heyblue.simulator.streets;

import org.jspecify.annotations.NullMarked;
