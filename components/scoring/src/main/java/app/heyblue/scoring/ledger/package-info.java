/** What happens in the ledger: encounters, gifts, reversals, holds, and the accounts they need. */
@NullMarked
package app.heyblue.scoring.ledger;

import org.jspecify.annotations.NullMarked;
