package app.heyblue.security;

import app.heyblue.security.audit.AuditCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Checks an export of the audit trail without any database. That nothing was cut off its end is
 * shown only by a head that was noted earlier.
 */
public final class AuditVerifier {
  private AuditVerifier() {}

  /**
   * Checks an export and prints the outcome.
   *
   * @param head an earlier head, {@code position:hash}
   * @return the exit status: 0 sound, 1 a fault, 2 the export or the head can't be read
   */
  public static int run(InputStream export, Optional<String> head, PrintStream out) {
    try {
      return switch (AuditCheck.verify(export, head.map(AuditCheck.Known::parse))) {
        case AuditCheck.Sound(long position, String hash, String publicKey) -> {
          out.println("Sound: " + position + " records, each as it was written, none missing.");
          out.println("Head: " + position + ":" + hash);
          out.println("Key:  " + publicKey);
          out.println(
              head.isPresent()
                  ? "The earlier head lies on this chain: nothing up to it has changed since."
                  : "Keep this head elsewhere, and give it by --head next time: only so is it seen"
                      + " that nothing was cut off the end.");
          yield 0;
        }
        case AuditCheck.Fault(long position, String what) -> {
          out.println("Not sound. Record " + position + ": " + what + ".");
          yield 1;
        }
      };
    } catch (IOException e) {
      out.println("The export can't be read: " + e.getMessage());
      return 2;
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return 2;
    }
  }
}
