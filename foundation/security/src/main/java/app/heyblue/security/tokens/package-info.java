/** Access tokens: signed, short-lived, strictly verified; and the token of the command line. */
@NullMarked
package app.heyblue.security.tokens;

import org.jspecify.annotations.NullMarked;
