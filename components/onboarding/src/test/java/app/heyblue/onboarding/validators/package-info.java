/** Tests of this package. */
@NullMarked
package app.heyblue.onboarding.validators;

import org.jspecify.annotations.NullMarked;
