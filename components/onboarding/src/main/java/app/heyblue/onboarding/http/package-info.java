/** The resources of onboarding. */
@NullMarked
package app.heyblue.onboarding.http;

import org.jspecify.annotations.NullMarked;
