/**
 * A real database for tests.
 *
 * <p>Called by tests of every room; calls postgres.
 */
@NullMarked
package app.heyblue.testing;

import org.jspecify.annotations.NullMarked;
