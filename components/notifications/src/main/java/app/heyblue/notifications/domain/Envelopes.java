package app.heyblue.notifications.domain;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.Language;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Template;
import app.heyblue.notifications.postgres.LetterTable.Leased;
import app.heyblue.notifications.sealing.LetterSeal;
import app.heyblue.notifications.sealing.LetterSeal.Place;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Seals what is personal in a queued letter, address and values, and opens it again. */
@ApplicationScoped
public class Envelopes {
  private final LetterSeal seal;

  public Envelopes(LetterSeal seal) {
    this.seal = seal;
  }

  record Content(String to, Map<String, String> values) {}

  byte[] close(Letter letter) {
    try {
      return seal.close(
          Place.QUEUE,
          letter.id(),
          Json.mapper().writeValueAsString(new Content(letter.to(), letter.values())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The letter.
   *
   * @throws IllegalArgumentException where its template or language isn't known any more
   */
  Letter open(Leased leased) {
    try {
      Content content =
          Json.mapper()
              .readValue(seal.open(Place.QUEUE, leased.id(), leased.content()), Content.class);
      return new Letter(
          leased.id(),
          content.to(),
          Language.parse(leased.language()),
          Template.parse(leased.template()),
          content.values());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a letter can't be read", e);
    }
  }
}
