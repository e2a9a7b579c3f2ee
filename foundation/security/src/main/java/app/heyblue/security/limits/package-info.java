/** Limits per network address, of which nothing is ever stored. */
@NullMarked
package app.heyblue.security.limits;

import org.jspecify.annotations.NullMarked;
