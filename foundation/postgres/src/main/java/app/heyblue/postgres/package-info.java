/**
 * The database: PostgreSQL embedded or elsewhere, its pool, transactions, migrations, and the
 * answers kept for idempotent requests.
 *
 * <p>Called by every room; calls kernel.
 */
@NullMarked
package app.heyblue.postgres;

import org.jspecify.annotations.NullMarked;
