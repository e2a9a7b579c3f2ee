/** The streams, proved on a real database. */
@NullMarked
package app.heyblue.messaging;

import org.jspecify.annotations.NullMarked;
