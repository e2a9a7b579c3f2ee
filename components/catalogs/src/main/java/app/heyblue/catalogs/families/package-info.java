/** Families in need: a state's file of them, and what is kept of a case number. */
@NullMarked
package app.heyblue.catalogs.families;

import org.jspecify.annotations.NullMarked;
