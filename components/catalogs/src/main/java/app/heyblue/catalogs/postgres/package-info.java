/** The catalogs' tables: versions of charities by generation, refreshes, families. */
@NullMarked
package app.heyblue.catalogs.postgres;

import org.jspecify.annotations.NullMarked;
