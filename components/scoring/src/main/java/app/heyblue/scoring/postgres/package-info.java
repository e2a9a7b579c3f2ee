/** The tables of the ledger in the schema {@code scoring}. */
@NullMarked
package app.heyblue.scoring.postgres;

import org.jspecify.annotations.NullMarked;
