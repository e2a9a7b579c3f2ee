package app.heyblue.scoring;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines as bytes, split at line feeds and nothing else, in bounded memory. */
final class LineReader {
  private final InputStream in;
  private final int maxLine;
  private long bytesRead;
  private boolean terminated;

  LineReader(InputStream in, int maxLine) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.maxLine = maxLine;
  }

  /** The next line without its line feed; null at the end. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    terminated = false;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0) {
      bytesRead++;
      if (b == '\n') {
        terminated = true;
        break;
      }
      line.write(b);
      if (line.size() > maxLine) {
        break;
      }
      b = in.read();
    }
    return line.toByteArray();
  }

  /** Whether the last line ended with a line feed within the bound. */
  boolean isTerminated() {
    return terminated;
  }

  long bytesRead() {
    return bytesRead;
  }
}
