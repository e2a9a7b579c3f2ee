package app.heyblue.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes messages of one position as text, each over the one before. For one thread; costs no
 * objects.
 */
public final class PositionText {
  private static final int SECOND = "2026-07-04T12:00:00".length();
  private static final int DECIMALS = 6;
  private static final double MILLIONTHS = 1e6;

  private final byte[] text = new byte[192];
  private int length;
  private long second = Long.MIN_VALUE;
  private byte[] time = {};

  /**
   * Writes a message.
   *
   * @param accuracyMeters 0 to 999
   * @param at in milliseconds since 1970
   */
  public void write(double latitude, double longitude, int accuracyMeters, long at) {
    length = 0;
    put("{\"positions\":[{\"latitude\":");
    decimal(latitude);
    put(",\"longitude\":");
    decimal(longitude);
    put(",\"accuracyMeters\":");
    digits(accuracyMeters, 3);
    put(",\"at\":\"");
    if (at / 1000 != second) {
      second = at / 1000;
      time = Instant.ofEpochSecond(second).toString().getBytes(StandardCharsets.US_ASCII);
    }
    System.arraycopy(time, 0, text, length, SECOND);
    length += SECOND;
    text[length++] = '.';
    padded((int) (at % 1000), 3);
    put("Z\"}]}");
  }

  /** Sends what was written last. */
  public void sendTo(LiveSocket socket) {
    socket.send(text, length);
  }

  @Override
  public String toString() {
    return new String(text, 0, length, StandardCharsets.US_ASCII);
  }

  @SuppressWarnings("deprecation") // It does just what is needed: one byte a character.
  private void put(String ascii) {
    ascii.getBytes(0, ascii.length(), text, length);
    length += ascii.length();
  }

  private void decimal(double degrees) {
    long millionths = Math.round(Math.abs(degrees) * MILLIONTHS);
    if (degrees < 0 && millionths > 0) {
      text[length++] = '-';
    }
    digits((int) (millionths / 1_000_000), 3);
    text[length++] = '.';
    padded((int) (millionths % 1_000_000), DECIMALS);
  }

  private void digits(int number, int most) {
    int width = 1;
    for (int rest = number / 10; rest > 0 && width < most; rest /= 10) {
      width++;
    }
    padded(number, width);
  }

  private void padded(int number, int width) {
    int rest = number;
    for (int i = width - 1; i >= 0; i--) {
      text[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += width;
  }
}
