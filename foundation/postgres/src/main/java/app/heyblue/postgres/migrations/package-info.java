/**
 * The files of migrations, for Flyway and for telling whether there's anything to do.
 *
 * <p>Called by the root package of this room only.
 */
@NullMarked
package app.heyblue.postgres.migrations;

import org.jspecify.annotations.NullMarked;
