/** Our own identity provider: credentials, sessions, refresh tokens. */
@NullMarked
package app.heyblue.security.identity;

import org.jspecify.annotations.NullMarked;
