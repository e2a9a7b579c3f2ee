package app.heyblue.scoring;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Checks an export of the ledger without any database: whether every hash, sum, position and
 * signature holds, and whether an earlier head still lies on the chain. The format is {@code
 * docs/reference/ledger-export.md}.
 *
 * <p>The file's own key only shows that the file is of one piece. That it's the real ledger, and
 * that nothing was altered, removed or reordered since, is shown by a head that was published
 * earlier, or by the key that was.
 */
public final class LedgerVerifier {
  /** Files above this many bytes show how far the check is. */
  private static final long BIG = 32L << 20;

  private LedgerVerifier() {}

  /**
   * Checks an export and prints the outcome.
   *
   * @param head an earlier head, {@code position:hash}
   * @return the exit status: 0 sound, 1 a fault, 2 the file or the head can't be read
   */
  public static int run(Path file, Optional<String> head, PrintStream out) {
    return run(file, head, Optional.empty(), out);
  }

  /**
   * {@link #run(Path, Optional, PrintStream)} with the key that was published.
   *
   * @param publicKey as {@code /ledger/heads} tells it
   */
  public static int run(
      Path file, Optional<String> head, Optional<String> publicKey, PrintStream out) {
    try (InputStream in = Files.newInputStream(file)) {
      ExportCheck.Result result =
          ExportCheck.verify(
              in,
              head.map(ExportCheck.KnownHead::parse),
              publicKey,
              progress(Files.size(file), out));
      return switch (result) {
        case ExportCheck.Sound sound -> {
          print(sound, head.isPresent(), publicKey.isPresent(), out);
          yield 0;
        }
        case ExportCheck.Fault(long line, String what) -> {
          out.println("Not sound. Line " + line + ": " + what + ".");
          yield 1;
        }
      };
    } catch (IOException e) {
      out.println("The file " + file + " can't be read: " + e.getMessage());
      return 2;
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  private static void print(ExportCheck.Sound sound, boolean head, boolean key, PrintStream out) {
    out.println(
        "Sound: "
            + sound.transactions()
            + " transactions and "
            + sound.heads()
            + " signed heads; every hash, sum and signature holds.");
    out.println("Head: " + sound.transactions() + ":" + sound.hash());
    out.println("Key:  " + sound.publicKey());
    if (head) {
      out.println("The earlier head lies on this chain: nothing up to it has changed since.");
    } else if (!key) {
      out.println(
          "Whose ledger it is, and whether it's whole, is shown by a head published earlier: give"
              + " one by --head position:hash.");
    }
  }

  private static LongConsumer progress(long size, PrintStream out) {
    if (size < BIG) {
      return bytes -> {};
    }
    long[] next = {size / 10};
    return bytes -> {
      if (bytes >= next[0]) {
        out.println("… " + 100 * bytes / size + " %");
        next[0] += size / 10;
      }
    };
  }
}
