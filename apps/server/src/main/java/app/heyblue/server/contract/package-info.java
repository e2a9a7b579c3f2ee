/** The OpenAPI document of all rooms; the framework makes it, and {@link WhenAsked} says when. */
@NullMarked
package app.heyblue.server.contract;

import org.jspecify.annotations.NullMarked;
