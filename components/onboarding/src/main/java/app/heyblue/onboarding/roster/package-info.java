/** The agencies' roster and its file. */
@NullMarked
package app.heyblue.onboarding.roster;

import org.jspecify.annotations.NullMarked;
