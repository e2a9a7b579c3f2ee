/** Who the parties are, and how they change what others see of them. */
@NullMarked
package app.heyblue.users.profiles;

import org.jspecify.annotations.NullMarked;
