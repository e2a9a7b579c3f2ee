/**
 * {@code ./heyblue siege}: many clients at once on a server that is killed, starved and confused,
 * and after it a count of whether every promise was kept.
 *
 * <p>Called by nobody; calls the server over HTTP, and looks into its database afterwards.
 */
@NullMarked
package app.heyblue.siege;

import org.jspecify.annotations.NullMarked;
