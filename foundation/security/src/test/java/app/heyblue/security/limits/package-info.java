/** Tests of this part of the room. */
@NullMarked
package app.heyblue.security.limits;

import org.jspecify.annotations.NullMarked;
