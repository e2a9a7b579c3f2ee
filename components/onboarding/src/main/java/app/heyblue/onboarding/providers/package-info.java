/** Validators outside, asked over HTTP. */
@NullMarked
package app.heyblue.onboarding.providers;

import org.jspecify.annotations.NullMarked;
