/** Where catalog files come from: the configured sources, and getting a file from one. */
@NullMarked
package app.heyblue.catalogs.sources;

import org.jspecify.annotations.NullMarked;
