/**
 * What the ledger is made of, free of database and framework: postings, limits, the content that is
 * hashed, and who sees whose id.
 */
@NullMarked
package app.heyblue.scoring.domain;

import org.jspecify.annotations.NullMarked;
