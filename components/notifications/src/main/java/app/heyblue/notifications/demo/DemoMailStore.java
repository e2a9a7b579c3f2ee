package app.heyblue.notifications.demo;

import app.heyblue.kernel.Json;
import app.heyblue.notifications.DemoMailbox;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.sealing.LetterSeal;
import app.heyblue.notifications.sealing.LetterSeal.Place;
import app.heyblue.notifications.texts.LetterTexts;
import app.heyblue.notifications.texts.Rendered;
import app.heyblue.postgres.Database;
import app.heyblue.security.EmailFingerprints;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Demo mails in {@code notifications.demo_mail}: found by fingerprint, contents sealed. */
@ApplicationScoped
public class DemoMailStore implements DemoMailbox {
  // What one wants to read; the demo page needs no more.
  private static final int NEWEST = 50;

  private final Database database;
  private final EmailFingerprints fingerprints;
  private final LetterSeal seal;
  private final LetterTexts texts;

  public DemoMailStore(
      Database database, EmailFingerprints fingerprints, LetterSeal seal, LetterTexts texts) {
    this.database = database;
    this.fingerprints = fingerprints;
    this.seal = seal;
    this.texts = texts;
  }

  record Content(String subject, String text, @Nullable String code) {}

  private record Row(UUID id, byte[] content, Instant sentAt) {}

  /** Seals a letter; what is returned puts it into the box, in the transaction it is given. */
  public Consumer<Handle> keeping(Letter letter, Instant at) {
    byte[] address = fingerprints.of(letter.to());
    Rendered rendered = texts.render(letter);
    byte[] content =
        seal.close(
            Place.DEMO_MAILBOX,
            letter.id(),
            write(new Content(rendered.subject(), rendered.text(), letter.values().get("code"))));
    return tx ->
        tx.createUpdate(
                """
                insert into notifications.demo_mail (id, address, content, sent_at)
                values (:id, :address, :content, :now)
                """)
            .bind("id", letter.id())
            .bind("address", address)
            .bind("content", content)
            .bind("now", at)
            .execute();
  }

  @Override
  public List<Item> read(String email) {
    List<Row> rows =
        database.read(
            tx ->
                tx.createQuery(
                        """
                        select id, content, sent_at from notifications.demo_mail
                        where address = :address order by sent_at desc, id desc limit :newest
                        """)
                    .bind("address", fingerprints.of(email))
                    .bind("newest", NEWEST)
                    .map(
                        (row, context) ->
                            new Row(
                                row.getObject(1, UUID.class),
                                row.getBytes(2),
                                row.getObject(3, OffsetDateTime.class).toInstant()))
                    .list());
    return rows.stream().map(this::item).toList();
  }

  private Item item(Row row) {
    Content content = parse(seal.open(Place.DEMO_MAILBOX, row.id(), row.content()));
    return new Item(content.subject(), content.code(), row.sentAt());
  }

  private static String write(Content content) {
    try {
      return Json.mapper().writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Content parse(String json) {
    try {
      return Json.mapper().readValue(json, Content.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a demo mail can't be read", e);
    }
  }
}
