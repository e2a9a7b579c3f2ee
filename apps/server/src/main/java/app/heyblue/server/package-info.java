/**
 * All rooms in one process: the program's entry, the order of its start, and where to look.
 *
 * <p>Nested packages: {@code cli} for the commands that talk to a running server, {@code demo} for
 * the demo town, {@code tour} for the walk through the main job.
 */
@NullMarked
package app.heyblue.server;

import org.jspecify.annotations.NullMarked;
