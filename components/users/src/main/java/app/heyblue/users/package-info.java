/**
 * Profiles, and who did what with whom: a read model fed only by the two streams. A person's change
 * of the own profile goes out on the users stream and comes back from there.
 *
 * <p>Called by notifications; calls no other component.
 */
@NullMarked
package app.heyblue.users;

import org.jspecify.annotations.NullMarked;
