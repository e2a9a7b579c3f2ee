/**
 * Charities and families, kept fresh from their sources.
 *
 * <p>A refresh reads a file of the source into a staging table, judges it, writes what differs as a
 * new generation that nobody sees yet, and shows it by moving one pointer. Called by onboarding;
 * calls no other component.
 */
@NullMarked
package app.heyblue.catalogs;

import org.jspecify.annotations.NullMarked;
