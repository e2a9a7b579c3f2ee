/** The operations on positions, sharing and the nearby list. */
@NullMarked
package app.heyblue.tracking.http;

import org.jspecify.annotations.NullMarked;
