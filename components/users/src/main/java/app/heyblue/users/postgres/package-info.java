/** The read model in the database. */
@NullMarked
package app.heyblue.users.postgres;

import org.jspecify.annotations.NullMarked;
