package app.heyblue.security.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One walk through an export of the trail, up to the first thing that doesn't hold. */
public final class AuditCheck {
  private final @Nullable Known known;
  private @Nullable PublicKey key;
  private long position;
  private long signed;
  private String hash = AuditHash.GENESIS;
  private boolean metKnown;

  private AuditCheck(@Nullable Known known) {
    this.known = known;
  }

  /** What came out. */
  public sealed interface Result {}

  /** Everything holds; where the chain ends. */
  public record Sound(long position, String hash, String publicKey) implements Result {}

  /**
   * The first thing that doesn't hold.
   *
   * @param position the record's, from 1
   */
  public record Fault(long position, String what) implements Result {}

  /** A head that was noted earlier. */
  public record Known(long position, String hash) {
    /**
     * Reads {@code position:hash}, the hash in lower-case hex.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Known parse(String text) {
      String[] parts = text.strip().split(":", -1);
      if (parts.length != 2
          || !parts[0].matches("\\d{1,18}")
          || !parts[1].matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "A head is written position:hash, for example 42:9f86d0… with 64 hex digits.");
      }
      return new Known(Long.parseLong(parts[0]), parts[1]);
    }
  }

  private static final class Refused extends Exception {
    Refused(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * Checks an export.
   *
   * @param known an earlier head that has to lie on the chain
   */
  public static Result verify(InputStream export, Optional<Known> known) throws IOException {
    return new AuditCheck(known.orElse(null)).run(export);
  }

  private Result run(InputStream export) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(export, StandardCharsets.UTF_8));
    try {
      String line = lines.readLine();
      while (line != null) {
        check(
            AuditLine.parse(line.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new Refused("after it comes no canonical line of an export")));
        line = lines.readLine();
      }
      requireEnd();
      PublicKey signer = key;
      return new Sound(
          position,
          hash,
          signer == null ? "" : Base64.getEncoder().encodeToString(signer.getEncoded()));
    } catch (Refused e) {
      return new Fault(position, String.valueOf(e.getMessage()));
    }
  }

  private void check(AuditLine parsed) throws Refused {
    switch (parsed) {
      case AuditLine.Start(AuditLine.Audit(String format, String publicKey)) -> {
        require(key == null, "an export begins once");
        require(AuditLine.FORMAT.equals(format), "this format is unknown");
        key = publicKey(publicKey);
        meet();
      }
      case AuditLine.Link link -> extend(link);
      case AuditLine.Sealed(AuditHead head) -> seal(head);
    }
  }

  private void extend(AuditLine.Link link) throws Refused {
    require(key != null, "the first line has to say what this is");
    position++;
    require(
        link.position() == position,
        "it was removed, or records were put in another order; the next one is " + link.position());
    AuditLine.Content content = link.record();
    if (content == null) {
      throw new Refused("it was removed from the trail");
    }
    hash = AuditHash.next(hash, content);
    require(
        hash.equals(link.hash()),
        "it was altered, or stands in another's place: "
            + content.action()
            + " of "
            + content.at()
            + ", id "
            + content.id());
    meet();
  }

  private void seal(AuditHead head) throws Refused {
    PublicKey signer = key;
    require(
        signer != null
            && head.position() == position
            && head.hash().equals(hash)
            && head.isSignedBy(signer),
        "the chain here isn't the one that was signed: something after position "
            + signed
            + " was altered");
    signed = position;
  }

  private void meet() throws Refused {
    if (known != null && known.position() == position) {
      require(
          known.hash().equals(hash),
          "the chain doesn't go through the head given: the trail was altered since");
      metKnown = true;
    }
  }

  private void requireEnd() throws Refused {
    require(key != null, "there is nothing to check");
    require(signed == position, "after position " + signed + " nothing is signed");
    require(
        known == null || metKnown,
        "the trail ends before the head given: it was cut off, or an older state was put back");
  }

  private static PublicKey publicKey(String base64) throws Refused {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new Refused("the public key is not an Ed25519 key");
    }
  }

  private static void require(boolean holds, String otherwise) throws Refused {
    if (!holds) {
      throw new Refused(otherwise);
    }
  }
}
