/**
 * People who move about and meet, through the public API of a running server with demo data: to
 * watch, to try things out, and as load. Called by the server's command and by the benchmarks.
 */
@NullMarked
package app.heyblue.simulator;

import org.jspecify.annotations.NullMarked;
