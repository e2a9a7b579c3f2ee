/** Codes that prove that somebody reads an address. */
@NullMarked
package app.heyblue.onboarding.codes;

import org.jspecify.annotations.NullMarked;
