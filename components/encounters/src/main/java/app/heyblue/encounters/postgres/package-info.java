/** The encounters in the database. */
@NullMarked
package app.heyblue.encounters.postgres;

import org.jspecify.annotations.NullMarked;
