/** What a draft would have decided about what really happened. */
@NullMarked
package app.heyblue.rules.simulation;

import org.jspecify.annotations.NullMarked;
