/** The streams over HTTP, for administrators: reading, following, replaying, retrying. */
@NullMarked
package app.heyblue.messaging.http;

import org.jspecify.annotations.NullMarked;
