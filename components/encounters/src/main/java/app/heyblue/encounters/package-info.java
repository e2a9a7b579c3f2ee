/**
 * From hey to a confirmed meeting. A scan is recorded as pending before scoring is asked to pay it,
 * and confirmed or refused afterwards, so that a crash in between loses nothing and pays nothing
 * twice.
 *
 * <p>Called by nobody; calls qr, scoring and notifications.
 */
@NullMarked
package app.heyblue.encounters;

import org.jspecify.annotations.NullMarked;
