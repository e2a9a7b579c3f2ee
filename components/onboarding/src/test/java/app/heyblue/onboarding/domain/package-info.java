/** Tests of this package. */
@NullMarked
package app.heyblue.onboarding.domain;

import org.jspecify.annotations.NullMarked;
