/** Tests of the database's room. */
@NullMarked
package app.heyblue.postgres;

import org.jspecify.annotations.NullMarked;
