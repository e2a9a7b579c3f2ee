package app.heyblue.catalogs.bmf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a file that may be anything: bounded in length, ended by LF or CRLF, and telling whether
 * they were ended at all. UTF-8; a line that isn't is taken for ISO 8859-1.
 */
public final class LineReader {
  /** The longest line that is read whole; the longest real row has about 400 bytes. */
  static final int MAX_LINE = 8192;

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private final byte[] line = new byte[MAX_LINE];
  private int position;
  private int limit;

  /**
   * A line without its end.
   *
   * @param whole false where it was longer than {@link #MAX_LINE} and only its beginning is here
   * @param ended false where the file stopped before the line's end
   */
  public record Line(String text, boolean whole, boolean ended) {}

  public LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line, or null at the end of the file. */
  public @Nullable Line next() throws IOException {
    int length = 0;
    boolean whole = true;
    boolean empty = true;
    while (true) {
      if (position == limit) {
        limit = in.read(buffer);
        position = 0;
        if (limit <= 0) {
          limit = 0;
          return empty ? null : new Line(text(length), whole, false);
        }
      }
      empty = false;
      byte b = buffer[position++];
      if (b == '\n') {
        return new Line(
            text(whole && length > 0 && line[length - 1] == '\r' ? length - 1 : length),
            whole,
            true);
      }
      if (length < MAX_LINE) {
        line[length++] = b;
      } else {
        whole = false;
      }
    }
  }

  private String text(int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
  }
}
