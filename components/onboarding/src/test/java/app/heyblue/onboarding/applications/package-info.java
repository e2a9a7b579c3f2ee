/** Tests of this package. */
@NullMarked
package app.heyblue.onboarding.applications;

import org.jspecify.annotations.NullMarked;
