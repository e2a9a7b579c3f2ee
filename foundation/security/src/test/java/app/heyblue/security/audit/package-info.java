/** Tests of this part of the room. */
@NullMarked
package app.heyblue.security.audit;

import org.jspecify.annotations.NullMarked;
