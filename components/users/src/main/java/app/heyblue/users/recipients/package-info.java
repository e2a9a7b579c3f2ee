/** Whom a caller may give to, and how they are found. */
@NullMarked
package app.heyblue.users.recipients;

import org.jspecify.annotations.NullMarked;
