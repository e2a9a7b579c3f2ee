/**
 * The points ledger: double entry, holds, limits, tamper evidence.
 *
 * <p>Called by encounters; calls rules.
 */
@NullMarked
package app.heyblue.scoring;

import org.jspecify.annotations.NullMarked;
