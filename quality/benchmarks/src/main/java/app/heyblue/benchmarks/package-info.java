/**
 * {@code ./heyblue bench}: how fast the server is as it's shipped, in a process of its own, beside
 * what PostgreSQL alone takes for the like on the same data, in the same go.
 *
 * <p>Called by nobody; calls postgres, the inside of rules, qr and tracking, and the server over
 * HTTP.
 */
@NullMarked
package app.heyblue.benchmarks;

import org.jspecify.annotations.NullMarked;
