/** Tests of this part of the room. */
@NullMarked
package app.heyblue.security.tokens;

import org.jspecify.annotations.NullMarked;
