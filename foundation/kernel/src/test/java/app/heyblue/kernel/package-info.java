/** Tests of the common language. */
@NullMarked
package app.heyblue.kernel;

import org.jspecify.annotations.NullMarked;
