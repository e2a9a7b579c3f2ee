/**
 * Who is calling and what they may see: identities, sessions and tokens, roles, the audit trail,
 * personal-data encryption, and the keys of the house.
 *
 * <p>Called by every room; calls kernel, postgres and messaging.
 */
@NullMarked
package app.heyblue.security;

import org.jspecify.annotations.NullMarked;
