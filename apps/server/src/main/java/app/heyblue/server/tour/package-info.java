/** A walk through the whole main job over HTTP, told step by step. */
@NullMarked
package app.heyblue.server.tour;

import org.jspecify.annotations.NullMarked;
