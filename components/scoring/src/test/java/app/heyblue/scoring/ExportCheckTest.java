package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.UserId;
import app.heyblue.scoring.domain.Chain;
import app.heyblue.scoring.domain.Content;
import app.heyblue.scoring.domain.Head;
import app.heyblue.scoring.domain.LedgerLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ExportCheckTest {
  private static final Instant AT = Instant.parse("2026-11-24T17:00:00.123456Z");
  private static final KeyPair KEY = keyPair();
  private static final List<String> LINES = lines(6, KEY);
  private static final byte[] EXPORT = join(LINES);
  private static final ExportCheck.KnownHead EARLIER = head(LINES, 4);

  @Example
  void findsAnUntouchedExportSound() throws IOException {
    assertThat(check(EXPORT, Optional.of(EARLIER)))
        .isInstanceOfSatisfying(
            ExportCheck.Sound.class,
            sound -> {
              assertThat(sound.transactions()).isEqualTo(6);
              assertThat(sound.heads()).isEqualTo(2);
              assertThat(sound.publicKey())
                  .isEqualTo(Base64.getEncoder().encodeToString(KEY.getPublic().getEncoded()));
            });
  }

  @Property(tries = 500)
  void findsAnyChangedByte(
      @ForAll @IntRange(min = 0, max = 1_000_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change)
      throws IOException {
    byte[] changed = EXPORT.clone();
    changed[place % changed.length] ^= (byte) change;

    assertFault(check(changed, Optional.empty()));
  }

  @Example
  void findsAnyByteWithOneFlippedBit() throws IOException {
    for (int place = 0; place < EXPORT.length; place++) {
      byte[] changed = EXPORT.clone();
      changed[place] ^= (byte) (1 << place % 8);

      assertFault(check(changed, Optional.empty()));
    }
  }

  @Property(tries = 60)
  void findsARemovedLine(@ForAll @IntRange(min = 0, max = 8) int line) throws IOException {
    List<String> fewer = new ArrayList<>(LINES);
    String removed = fewer.remove(line % LINES.size());
    // A head more or less in the middle says nothing about the transactions.
    if (!removed.startsWith("{\"head\"") || line % LINES.size() == LINES.size() - 1) {
      assertFault(check(join(fewer), Optional.of(EARLIER)));
    }
  }

  @Property(tries = 60)
  void findsLinesInAnotherOrder(
      @ForAll @IntRange(min = 0, max = 8) int one, @ForAll @IntRange(min = 0, max = 8) int other)
      throws IOException {
    List<String> swapped = new ArrayList<>(LINES);
    Collections.swap(swapped, one % LINES.size(), other % LINES.size());
    if (!swapped.equals(LINES)) {
      assertFault(check(join(swapped), Optional.of(EARLIER)));
    }
  }

  @Property(tries = 60)
  void findsACutOffExport(@ForAll @IntRange(min = 0, max = 1_000_000) int length)
      throws IOException {
    int kept = length % EXPORT.length;
    byte[] cut = Arrays.copyOf(EXPORT, kept);
    ExportCheck.KnownHead last = head(LINES, 6);

    assertFault(check(cut, Optional.of(last)));
  }

  @Example
  void findsALedgerThatWasWrittenAnewAfterAHeadWasPublished() throws IOException {
    byte[] forged = join(lines(6, keyPair()));

    assertThat(check(forged, Optional.empty())).isInstanceOf(ExportCheck.Sound.class);
    assertFault(check(forged, Optional.of(EARLIER)));
    assertFault(
        ExportCheck.verify(
            new ByteArrayInputStream(forged),
            Optional.empty(),
            Optional.of(Base64.getEncoder().encodeToString(KEY.getPublic().getEncoded())),
            bytes -> {}));
  }

  @Example
  void refusesMembersThatNoHashCovers() throws IOException {
    List<String> more = new ArrayList<>(LINES);
    String line = more.get(2);
    more.set(2, line.substring(0, line.length() - 1) + ",\"z\":1}");

    assertFault(check(join(more), Optional.empty()));
  }

  @Example
  void refusesAnEndlessLine() throws IOException {
    assertFault(check(new byte[1 << 20], Optional.empty()));
  }

  private static ExportCheck.Result check(byte[] export, Optional<ExportCheck.KnownHead> known)
      throws IOException {
    return ExportCheck.verify(
        new ByteArrayInputStream(export), known, Optional.empty(), bytes -> {});
  }

  private static void assertFault(ExportCheck.Result result) {
    assertThat(result).isInstanceOf(ExportCheck.Fault.class);
  }

  private static ExportCheck.KnownHead head(List<String> lines, int position) {
    String link =
        lines.stream().filter(l -> l.endsWith("\"position\":" + position + "}")).findFirst().get();
    return ExportCheck.KnownHead.parse(position + ":" + link.substring(16, 80));
  }

  private static List<String> lines(int count, KeyPair key) {
    List<LedgerLine> lines = new ArrayList<>();
    lines.add(
        new LedgerLine.Start(
            new LedgerLine.Ledger(
                LedgerLine.FORMAT,
                Base64.getEncoder().encodeToString(key.getPublic().getEncoded()))));
    String hash = Chain.GENESIS;
    for (int position = 1; position <= count; position++) {
      Content content = content(position, key.hashCode());
      hash = Chain.next(hash, content.hash());
      lines.add(new LedgerLine.Link(position, content, content.hash(), hash));
      if (position % 3 == 0) {
        lines.add(new LedgerLine.Sealed(Head.sign(position, hash, AT, key.getPrivate())));
      }
    }
    return lines.stream().map(l -> new String(l.bytes(), StandardCharsets.UTF_8)).toList();
  }

  private static Content content(int position, int salt) {
    byte[] bytes = new byte[Content.SALT_BYTES];
    bytes[0] = (byte) position;
    bytes[1] = (byte) salt;
    bytes[2] = (byte) (salt >> 8);
    UserId account = new UserId(new UUID(7, position));
    boolean reversal = position % 5 == 0;
    return new Content(
        new UUID(position, 1),
        reversal ? TransactionKind.REVERSAL : TransactionKind.DONATION,
        AT.plusSeconds(position),
        reversal ? null : new UUID(1, 2),
        reversal ? null : 3,
        reversal ? new UUID(position - 1, 1) : null,
        position % 3 == 0 ? "c2VhbGVk/+==" : null,
        List.of(
            new Content.Entry(Content.ISSUANCE, -position * 10L),
            Content.Entry.of(account, bytes, position * 10L)));
  }

  private static byte[] join(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
