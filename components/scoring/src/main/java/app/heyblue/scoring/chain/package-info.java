/** Tamper evidence: chaining committed transactions, signing heads, exporting the ledger. */
@NullMarked
package app.heyblue.scoring.chain;

import org.jspecify.annotations.NullMarked;
