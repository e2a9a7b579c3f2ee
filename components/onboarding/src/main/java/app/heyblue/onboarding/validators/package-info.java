/** The port by which identities are checked, and its adapters. */
@NullMarked
package app.heyblue.onboarding.validators;

import org.jspecify.annotations.NullMarked;
