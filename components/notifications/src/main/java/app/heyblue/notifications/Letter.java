package app.heyblue.notifications;

import app.heyblue.kernel.Language;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A letter to one person.
 *
 * @param id delivered once under one id
 * @param to the address, 3 to 254 characters without blanks or control characters
 * @param values of the template's placeholders
 */
public record Letter(
    UUID id, String to, Language language, Template template, Map<String, String> values) {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s\\p{Cntrl}<>,;]+@[^\\s\\p{Cntrl}<>,;@]+");
  private static final int ADDRESS_MAX = 254;

  public Letter {
    if (to.length() > ADDRESS_MAX || !ADDRESS.matcher(to).matches()) {
      throw new IllegalArgumentException("not an address");
    }
    values = Map.copyOf(values);
    if (!values.keySet().equals(template.placeholders())) {
      throw new IllegalArgumentException(template + " needs " + template.placeholders());
    }
  }

  /**
   * The id of the one letter of this template about a subject, so that whoever repeats a step after
   * a crash doesn't write again (UUID version 8, RFC 9562).
   */
  public static UUID idOf(UUID subject, Template template) {
    return idOf(subject.toString(), template);
  }

  /** {@link #idOf(UUID, Template)} of a subject that has another name than an id. */
  public static UUID idOf(String subject, Template template) {
    byte[] name = (template + " " + subject).getBytes(StandardCharsets.UTF_8);
    ByteBuffer digest = ByteBuffer.wrap(sha256(name));
    long high = (digest.getLong() & ~0xF000L) | 0x8000L;
    long low = (digest.getLong() >>> 2) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Neither address nor values belong in a log. */
  @Override
  public String toString() {
    return "Letter[" + id + ", " + template + "]";
  }
}
