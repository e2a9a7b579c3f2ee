/** Decisions by the rules active now, and why. */
@NullMarked
package app.heyblue.rules.deciding;

import org.jspecify.annotations.NullMarked;
