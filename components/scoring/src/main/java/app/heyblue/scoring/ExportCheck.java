package app.heyblue.scoring;

import app.heyblue.scoring.domain.Chain;
import app.heyblue.scoring.domain.Content;
import app.heyblue.scoring.domain.Head;
import app.heyblue.scoring.domain.LedgerLine;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One walk through an export, line by line, up to the first thing that doesn't hold. */
final class ExportCheck {
  /** No line of an export is longer, in bytes; a longer one is a fault. */
  static final int MAX_LINE = 1 << 16;

  private final @Nullable KnownHead known;
  private final LongConsumer progress;
  private @Nullable PublicKey key;
  private final @Nullable String expectedKey;

  private long line;
  private long position;
  private long heads;
  private boolean metKnown;
  private boolean endsWithHead;
  private String hash = Chain.GENESIS;

  private ExportCheck(
      @Nullable KnownHead known, @Nullable String expectedKey, LongConsumer progress) {
    this.known = known;
    this.expectedKey = expectedKey;
    this.progress = progress;
  }

  /** What came out. */
  sealed interface Result {}

  /**
   * Everything holds.
   *
   * @param hash the chained hash of the last transaction, hex
   * @param publicKey whose signatures the file carries
   */
  record Sound(long transactions, long heads, String hash, String publicKey) implements Result {}

  /**
   * The first thing that doesn't hold.
   *
   * @param line where, counted from 1
   */
  record Fault(long line, String what) implements Result {}

  /** A head that was published earlier, {@code position:hash}. */
  record KnownHead(long position, String hash) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

    /**
     * Reads {@code position:hash}, the hash in lower-case hex.
     *
     * @throws IllegalArgumentException for anything else
     */
    static KnownHead parse(String text) {
      Matcher matcher = FORM.matcher(text.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "A head is written position:hash, for example 42:9f86d0… with 64 hex digits.");
      }
      return new KnownHead(
          Long.parseLong(String.valueOf(matcher.group(1))), String.valueOf(matcher.group(2)));
    }
  }

  /**
   * Checks an export.
   *
   * @param known an earlier head that has to lie on the chain
   * @param publicKey the key that was published, base64; the file must carry the same
   * @param progress hears how many bytes were read, line by line
   */
  static Result verify(
      InputStream export,
      Optional<KnownHead> known,
      Optional<String> publicKey,
      LongConsumer progress)
      throws IOException {
    return new ExportCheck(known.orElse(null), publicKey.orElse(null), progress).run(export);
  }

  private static final class Refused extends Exception {
    Refused(String what) {
      super(what, null, false, false);
    }
  }

  private Result run(InputStream export) throws IOException {
    try {
      LineReader lines = new LineReader(export, MAX_LINE);
      byte[] bytes = lines.next();
      while (bytes != null) {
        line++;
        require(lines.isTerminated(), "the file is cut off in this line, or the line is too long");
        check(
            LedgerLine.parse(bytes)
                .orElseThrow(() -> new Refused("this is not a canonical line of an export")));
        progress.accept(lines.bytesRead());
        bytes = lines.next();
      }
      requireEnd();
      return new Sound(
          position,
          heads,
          hash,
          key == null ? "" : Base64.getEncoder().encodeToString(key.getEncoded()));
    } catch (Refused e) {
      return new Fault(line, String.valueOf(e.getMessage()));
    }
  }

  private void check(LedgerLine parsed) throws Refused {
    switch (parsed) {
      case LedgerLine.Start start -> begin(start.ledger());
      case LedgerLine.Link link -> extend(link);
      case LedgerLine.Sealed(Head head) -> seal(head);
    }
  }

  private void begin(LedgerLine.Ledger ledger) throws Refused {
    require(line == 1, "an export begins once, in its first line");
    require(LedgerLine.FORMAT.equals(ledger.format()), "this format is unknown");
    require(
        expectedKey == null || expectedKey.equals(ledger.publicKey()),
        "the file carries another public key than the one given");
    key = publicKey(ledger.publicKey());
    meet();
  }

  private void extend(LedgerLine.Link link) throws Refused {
    require(key != null, "the first line has to say what this is");
    Content content = link.content();
    require(
        link.position() == position + 1,
        "position " + (position + 1) + " is expected here, and this is " + link.position());
    require(
        content.hash().equals(link.contentHash()),
        "the content doesn't have the hash that was recorded with it");
    requireBalance(content);
    hash = Chain.next(hash, link.contentHash());
    require(
        hash.equals(link.chainedHash()),
        "the chain is broken: a transaction was altered, removed or moved here or before");
    position++;
    endsWithHead = false;
    meet();
  }

  private void seal(Head head) throws Refused {
    PublicKey signer = key;
    require(signer != null, "the first line has to say what this is");
    require(head.position() == position, "a head of another position stands here");
    require(!endsWithHead, "two heads of one position");
    require(head.hash().equals(hash), "the head's hash is not that of the chain");
    require(signer != null && head.isSignedBy(signer), "the head's signature is wrong");
    heads++;
    endsWithHead = true;
  }

  private void meet() throws Refused {
    if (known != null && known.position() == position) {
      require(
          known.hash().equals(hash),
          "the chain doesn't go through the head given: the ledger was altered since");
      metKnown = true;
    }
  }

  private void requireEnd() throws Refused {
    require(key != null, "the file is empty");
    require(endsWithHead, "the file is cut off: it doesn't end with a signed head");
    require(
        known == null || metKnown,
        "the file is cut off: it ends before the head given, at position " + position);
  }

  private static void requireBalance(Content content) throws Refused {
    try {
      long sum = 0;
      for (Content.Entry entry : content.entries()) {
        sum = Math.addExact(sum, entry.points());
      }
      require(sum == 0, "the entries don't add up to zero");
    } catch (ArithmeticException e) {
      throw new Refused("the entries don't add up to zero");
    }
  }

  private static PublicKey publicKey(String base64) throws Refused {
    try {
      byte[] spki = Base64.getDecoder().decode(base64);
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
      require(
          Base64.getEncoder().encodeToString(key.getEncoded()).equals(base64),
          "the public key is not an Ed25519 key");
      return key;
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
