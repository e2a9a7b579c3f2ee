/**
 * Web Push: subscriptions, the encryption that only the subscriber's browser can undo (RFC 8291),
 * and delivery (RFC 8030), tried once.
 */
@NullMarked
package app.heyblue.notifications.push;

import org.jspecify.annotations.NullMarked;
