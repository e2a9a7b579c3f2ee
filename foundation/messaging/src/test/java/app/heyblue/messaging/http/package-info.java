/** The resources, called as the server calls them. */
@NullMarked
package app.heyblue.messaging.http;

import org.jspecify.annotations.NullMarked;
