package app.heyblue.qr;

import java.time.Instant;

/**
 * A code to show: the contract's answer.
 *
 * @param token what the code says
 * @param png an image of it, PNG
 * @param svg the same as SVG
 * @param expiresAt 60 seconds after it was made
 */
public record QrCode(String token, byte[] png, String svg, Instant expiresAt) {}
