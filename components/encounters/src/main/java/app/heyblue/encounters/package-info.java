/**
 * From hey to a confirmed meeting.
 *
 * <p>Called by nobody; calls qr, scoring and notifications.
 */
@NullMarked
package app.heyblue.encounters;

import org.jspecify.annotations.NullMarked;
