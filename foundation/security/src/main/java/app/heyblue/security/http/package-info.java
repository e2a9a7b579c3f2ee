/** Signing in and out over HTTP, the caller of a request, and the trail that requests leave. */
@NullMarked
package app.heyblue.security.http;

import org.jspecify.annotations.NullMarked;
