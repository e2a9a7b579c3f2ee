package app.heyblue.scoring.domain;

import app.heyblue.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;

/** JSON in the one form that RFC 8785 (JCS) allows, so that equal values have equal bytes. */
public final class Canonical {
  private Canonical() {}

  /** The canonical bytes of a record, UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return new JsonCanonicalizer(Json.mapper().writeValueAsString(value)).getEncodedUTF8();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
