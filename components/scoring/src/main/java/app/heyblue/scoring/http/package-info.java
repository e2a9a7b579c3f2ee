/** The ledger over HTTP. */
@NullMarked
package app.heyblue.scoring.http;

import org.jspecify.annotations.NullMarked;
