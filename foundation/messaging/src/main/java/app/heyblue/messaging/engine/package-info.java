/** What moves the streams on: the sequencer's and the consumers' loops, and what wakes them. */
@NullMarked
package app.heyblue.messaging.engine;

import org.jspecify.annotations.NullMarked;
