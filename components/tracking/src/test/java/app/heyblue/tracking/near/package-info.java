/** What the rules say about near, and what civilians are told of it. */
@NullMarked
package app.heyblue.tracking.near;

import org.jspecify.annotations.NullMarked;
