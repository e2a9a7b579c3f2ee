/** Keys and what is sealed under them: the master key, keys of the house, keys of persons. */
@NullMarked
package app.heyblue.security.keys;

import org.jspecify.annotations.NullMarked;
