/** Tests of the test database. */
@NullMarked
package app.heyblue.testing;

import org.jspecify.annotations.NullMarked;
