/** The operations on encounters. */
@NullMarked
package app.heyblue.encounters.http;

import org.jspecify.annotations.NullMarked;
