/** Tests of the resources. */
@NullMarked
package app.heyblue.onboarding.http;

import org.jspecify.annotations.NullMarked;
