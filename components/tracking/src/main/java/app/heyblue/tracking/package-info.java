/**
 * Who is near whom, without telling where. Officers who share and civilians who look for them are
 * known by their latest position, in memory; what anybody learns of an officer before a meeting is
 * computed from a cell that is published on a slow clock.
 *
 * <p>Called by encounters; calls rules for what counts as near, and notifications, whose live
 * socket brings positions and takes alerts.
 */
@NullMarked
package app.heyblue.tracking;

import org.jspecify.annotations.NullMarked;
