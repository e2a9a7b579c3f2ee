/**
 * Charities and families, kept fresh from their sources.
 *
 * <p>Called by onboarding; calls no other component.
 */
@NullMarked
package app.heyblue.catalogs;

import org.jspecify.annotations.NullMarked;
