/** Tests of the providers outside. */
@NullMarked
package app.heyblue.onboarding.providers;

import org.jspecify.annotations.NullMarked;
