/** The tables of onboarding. */
@NullMarked
package app.heyblue.onboarding.postgres;

import org.jspecify.annotations.NullMarked;
