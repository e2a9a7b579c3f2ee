/** Who met whom and who gave to whom, as the transactions stream tells it. */
@NullMarked
package app.heyblue.users.activity;

import org.jspecify.annotations.NullMarked;
