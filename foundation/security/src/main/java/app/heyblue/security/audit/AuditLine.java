package app.heyblue.security.audit;

import app.heyblue.kernel.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line of an export of the trail: canonical JSON (RFC 8785) and a line feed. */
sealed interface AuditLine {
  /** The version of the format. */
  String FORMAT = "heyblue-audit-1";

  /** The first line: what this is, and whose signatures it carries. */
  record Start(Audit audit) implements AuditLine {}

  /**
   * What an export is.
   *
   * @param publicKey an Ed25519 key, SubjectPublicKeyInfo (RFC 8410) in base64
   */
  record Audit(String format, String publicKey) {}

  /**
   * A record at its place in the chain.
   *
   * @param hash over everything up to here, hex
   * @param record null where it is gone from the trail
   */
  record Link(String hash, long position, @Nullable Content record) implements AuditLine {}

  /**
   * Everything that a record says.
   *
   * @param address the actor's network address as ciphertext in base64
   */
  record Content(
      UUID id,
      Instant at,
      @Nullable UUID actor,
      String actorKind,
      @Nullable String address,
      String action,
      @Nullable String subject,
      String outcome,
      Map<String, String> details,
      @Nullable UUID requestId) {}

  /** A signed end of the chain. */
  record Sealed(AuditHead head) implements AuditLine {}

  /** The line without its line feed. */
  default byte[] bytes() {
    return AuditHash.canonical(this);
  }

  /** Reads a line; empty where it isn't byte for byte what {@link #bytes} would write. */
  static Optional<AuditLine> parse(byte[] line) {
    try {
      AuditLine parsed = Json.mapper().readValue(line, type(line));
      return parsed != null && Arrays.equals(parsed.bytes(), line)
          ? Optional.of(parsed)
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static Class<? extends AuditLine> type(byte[] line) {
    String text = new String(line, 0, Math.min(line.length, 8), StandardCharsets.US_ASCII);
    if (text.startsWith("{\"hash\"")) {
      return Link.class;
    }
    return text.startsWith("{\"head\"") ? Sealed.class : Start.class;
  }
}
