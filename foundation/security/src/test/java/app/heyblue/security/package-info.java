/** Tests of this part of the room. */
@NullMarked
package app.heyblue.security;

import org.jspecify.annotations.NullMarked;
