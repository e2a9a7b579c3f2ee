/** The streams' tables: inbox, log, positions of consumers, parked records, and notifications. */
@NullMarked
package app.heyblue.messaging.postgres;

import org.jspecify.annotations.NullMarked;
