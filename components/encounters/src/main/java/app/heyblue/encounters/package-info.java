/**
 * From hey to a confirmed meeting. A meeting that was proved, by a scan or by an accepted request,
 * is recorded as pending before scoring is asked to pay it, and confirmed or refused afterwards, so
 * that a crash in between loses nothing and pays nothing twice. A request that nobody has accepted
 * is remembered in memory only, and its asker can't tell what became of it.
 *
 * <p>Called by nobody; calls qr, tracking, scoring and notifications.
 */
@NullMarked
package app.heyblue.encounters;

import org.jspecify.annotations.NullMarked;
