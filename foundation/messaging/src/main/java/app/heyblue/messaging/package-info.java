/**
 * The two streams: events are appended in the transaction of the fact they tell, a sequencer gives
 * committed ones dense positions, consumers read them each at its own position and can replay.
 *
 * <p>Called by every room that tells or hears; calls kernel and postgres.
 */
@NullMarked
package app.heyblue.messaging;

import org.jspecify.annotations.NullMarked;
