package app.heyblue.security;

import app.heyblue.kernel.UserId;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Encrypts what is personal: AES-256-GCM under a key per person, itself wrapped by the master key,
 * which lies outside the database. Destroying a person's key forgets the person.
 */
public interface PersonalCipher {
  /** Makes the person's key, if there is none yet. */
  void createKey(UserId person);

  /**
   * Encrypts one field. It may need a connection of its own: call it before a transaction begins.
   *
   * @param field the field's name; the ciphertext opens under this name and person only
   * @throws IllegalStateException where the person has no key
   */
  byte[] seal(UserId person, String field, String text);

  /**
   * Encrypts one field of many people, with one look at the database. Who has no key is left out.
   */
  Map<UserId, byte[]> sealAll(String field, Map<UserId, String> texts);

  /** Decrypts one field; empty where the person's key was destroyed. */
  Optional<String> open(UserId person, String field, byte[] sealed);

  /**
   * Destroys the person's key in the caller's transaction: nothing sealed under it opens again, and
   * no other key is made for this person. Other processes forget it within a minute.
   */
  void destroyKey(Handle tx, UserId person);
}
