package app.heyblue.notifications;

import app.heyblue.notifications.demo.DemoMailStore;
import app.heyblue.notifications.domain.Carrier;
import app.heyblue.notifications.domain.Envelopes;
import app.heyblue.notifications.domain.Mails;
import app.heyblue.notifications.domain.Outcome;
import app.heyblue.notifications.domain.Postman;
import app.heyblue.notifications.sealing.LetterSeal;
import app.heyblue.notifications.texts.LetterTexts;
import app.heyblue.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The room's mail on a test's database, with a carrier of the test's own. */
public final class PostOffice implements Carrier {
  public volatile Instant now = Instant.parse("2026-04-01T10:00:00Z");

  /** What is answered to the next letters. */
  public volatile Supplier<Outcome> answer = Outcome.Accepted::new;

  /** What was handed over and accepted, in order. */
  public final List<Letter> carried = new CopyOnWriteArrayList<>();

  private final Database database;
  private final LetterTexts texts = new LetterTexts();
  private final LetterSeal seal = new LetterSeal(new TestKeys(), new SecureRandom());
  private final Envelopes envelopes = new Envelopes(seal);

  public PostOffice(Database database) {
    this.database = database;
  }

  @Override
  public boolean isConfigured() {
    return true;
  }

  @Override
  public Outcome carry(Letter letter) {
    Outcome outcome = answer.get();
    if (outcome instanceof Outcome.Accepted) {
      carried.add(letter);
    }
    return outcome;
  }

  public Mails demo() {
    return mails(true, this);
  }

  public Mails smtp() {
    return mails(false, this);
  }

  public Mails mails(boolean demo, Carrier carrier) {
    return new Mails(database, clock(), mailbox(), carrier, envelopes, postman(carrier), demo);
  }

  public Postman postman(Carrier carrier) {
    return new Postman(database, clock(), envelopes, carrier);
  }

  public DemoMailStore mailbox() {
    return new DemoMailStore(database, PostOffice::fingerprint, seal, texts);
  }

  public Clock clock() {
    return ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  }

  private static byte[] fingerprint(String email) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(email.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
