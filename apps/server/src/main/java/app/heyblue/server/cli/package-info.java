/** Commands that talk to a running server, or to a file. */
@NullMarked
package app.heyblue.server.cli;

import org.jspecify.annotations.NullMarked;
