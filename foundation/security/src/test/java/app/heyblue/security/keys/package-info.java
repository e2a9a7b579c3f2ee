/** Tests of this part of the room. */
@NullMarked
package app.heyblue.security.keys;

import org.jspecify.annotations.NullMarked;
