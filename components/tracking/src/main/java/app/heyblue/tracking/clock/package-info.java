/** The thread that lets time pass: cells are published, dwells and sharing end. */
@NullMarked
package app.heyblue.tracking.clock;

import org.jspecify.annotations.NullMarked;
