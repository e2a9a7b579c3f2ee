package app.heyblue.scoring.domain;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The chain over the transactions' hashes, each link covering all before it. */
public final class Chain {
  /** The hash at position 0, before the first transaction: SHA-256 of a fixed text. */
  public static final String GENESIS =
      Sha256.hex("app.heyblue.ledger.v1".getBytes(StandardCharsets.US_ASCII));

  private Chain() {}

  /** The next link: SHA-256 of the bytes of both hashes, the former one first. */
  public static String next(String previousHash, String contentHash) {
    HexFormat hex = HexFormat.of();
    return Sha256.hex(hex.parseHex(previousHash), hex.parseHex(contentHash));
  }
}
