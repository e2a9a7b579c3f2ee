/**
 * A server process and the people who use it over HTTP: for sieges and benchmarks.
 *
 * <p>Called by siege and benchmarks; calls kernel and postgres.
 */
@NullMarked
package app.heyblue.testing.town;

import org.jspecify.annotations.NullMarked;
