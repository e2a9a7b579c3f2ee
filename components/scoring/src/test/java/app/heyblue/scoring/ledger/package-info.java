/** How requests share a commit. */
@NullMarked
package app.heyblue.scoring.ledger;

import org.jspecify.annotations.NullMarked;
