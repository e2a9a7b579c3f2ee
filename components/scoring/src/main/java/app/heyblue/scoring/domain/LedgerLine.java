package app.heyblue.scoring.domain;

import app.heyblue.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A line of an export: canonical JSON (RFC 8785) and a line feed. */
public sealed interface LedgerLine {
  /** The version of the format. */
  String FORMAT = "heyblue-ledger-1";

  /** The first line: what this is, and whose signatures it carries. */
  record Start(Ledger ledger) implements LedgerLine {}

  /**
   * What an export is.
   *
   * @param publicKey an Ed25519 key, SubjectPublicKeyInfo (RFC 8410) in base64
   */
  record Ledger(String format, String publicKey) {}

  /** A transaction at its place in the chain. Hashes in lower-case hex. */
  record Link(long position, Content content, String contentHash, String chainedHash)
      implements LedgerLine {}

  /** A head that was published when the chain had come so far. */
  record Sealed(Head head) implements LedgerLine {}

  /** The line without its line feed. */
  default byte[] bytes() {
    return Canonical.bytes(this);
  }

  /** Reads a line; empty where it isn't byte for byte what {@link #bytes} would write. */
  static Optional<LedgerLine> parse(byte[] line) {
    try {
      LedgerLine parsed = Json.mapper().readValue(line, type(line));
      return parsed != null && Arrays.equals(parsed.bytes(), line)
          ? Optional.of(parsed)
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Class<? extends LedgerLine> type(byte[] line) {
    if (startsWith(line, "{\"chainedHash\"")) {
      return Link.class;
    }
    return startsWith(line, "{\"head\"") ? Sealed.class : Start.class;
  }

  private static boolean startsWith(byte[] line, String text) {
    byte[] start = text.getBytes(StandardCharsets.US_ASCII);
    return line.length >= start.length
        && Arrays.equals(line, 0, start.length, start, 0, start.length);
  }
}
