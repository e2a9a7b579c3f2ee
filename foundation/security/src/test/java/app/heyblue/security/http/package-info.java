/** Tests of the HTTP side that need no server. */
@NullMarked
package app.heyblue.security.http;

import org.jspecify.annotations.NullMarked;
