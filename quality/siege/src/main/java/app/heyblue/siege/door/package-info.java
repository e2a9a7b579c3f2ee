/**
 * What the besieged server has beyond the one that ships: holds over HTTP, which there only rooms
 * place, and a clock that can be set.
 *
 * <p>Called by the siege over HTTP; calls kernel, security and scoring.
 */
@NullMarked
package app.heyblue.siege.door;

import org.jspecify.annotations.NullMarked;
