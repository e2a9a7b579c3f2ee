/** Tests of this package. */
@NullMarked
package app.heyblue.onboarding.roster;

import org.jspecify.annotations.NullMarked;
