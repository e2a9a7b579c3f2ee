/** What is found again without being stored in clear. */
@NullMarked
package app.heyblue.onboarding.fingerprints;

import org.jspecify.annotations.NullMarked;
