/** The proximity engine: cells, dwell and distances, without HTTP, database or clock. */
@NullMarked
package app.heyblue.tracking.engine;

import org.jspecify.annotations.NullMarked;
