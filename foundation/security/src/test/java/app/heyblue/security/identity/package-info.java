/** Tests of this part of the room. */
@NullMarked
package app.heyblue.security.identity;

import org.jspecify.annotations.NullMarked;
