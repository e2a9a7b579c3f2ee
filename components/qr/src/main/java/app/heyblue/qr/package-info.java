/**
 * Codes that prove a meeting; stateless.
 *
 * <p>Called by encounters; calls no other component.
 */
@NullMarked
package app.heyblue.qr;

import org.jspecify.annotations.NullMarked;
