/** Tokens of other issuers (OpenID Connect), accepted where the operator says so. */
@NullMarked
package app.heyblue.security.oidc;

import org.jspecify.annotations.NullMarked;
