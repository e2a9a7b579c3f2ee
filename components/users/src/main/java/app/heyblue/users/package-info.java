/**
 * Profiles, and who did what with whom, as the two streams tell it.
 *
 * <p>Called by notifications; calls no other component.
 */
@NullMarked
package app.heyblue.users;

import org.jspecify.annotations.NullMarked;
