/**
 * PostgreSQL as a child of this process: its programs, its data folder, its supervision.
 *
 * <p>Called by the root package of this room only.
 */
@NullMarked
package app.heyblue.postgres.embedded;

import org.jspecify.annotations.NullMarked;
