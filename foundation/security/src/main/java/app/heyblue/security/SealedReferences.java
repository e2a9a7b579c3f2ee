package app.heyblue.security;

import java.util.Optional;
import java.util.UUID;

/**
 * Ids that a client may pass on but not read, such as a {@code recipientRef}: sealed under a key of
 * the house, so that any room can open them. Two references to one id differ.
 */
public interface SealedReferences {
  /** Seals an id for one purpose; the text is URL-safe. */
  String seal(String purpose, UUID id);

  /** Opens what was sealed for this purpose; empty for anything else. */
  Optional<UUID> open(String purpose, String reference);
}
