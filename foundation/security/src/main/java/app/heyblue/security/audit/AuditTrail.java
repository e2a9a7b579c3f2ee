package app.heyblue.security.audit;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.Caller;
import app.heyblue.security.keys.PersonKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The trail in {@code security.audit}. Addresses are sealed under the actor's key, so that an actor
 * can be forgotten though no row is ever changed.
 */
@ApplicationScoped
public class AuditTrail implements Audit {
  private static final String ADDRESS = "auditAddress";
  private static final String DONE = "done";
  private static final String ANONYMOUS = "anonymous";
  private final Database database;
  private final RequestAtHand request;
  private final PersonKeys keys;
  private final IdGenerator ids;
  private final Clock clock;
  private volatile Runnable onRecord = () -> {};

  public AuditTrail(
      Database database, RequestAtHand request, PersonKeys keys, IdGenerator ids, Clock clock) {
    this.database = database;
    this.request = request;
    this.keys = keys;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void record(Handle tx, String action, String subject, Map<String, String> details) {
    Optional<RequestAtHand.Origin> origin = request.find();
    Caller actor = origin.map(RequestAtHand.Origin::caller).orElse(null);
    insert(tx, origin, actor, action, subject, DONE, details);
    request.recording().run();
  }

  /** A record that is ready but for its transaction. */
  private record Waiting(AuditTable.Row row, Runnable recording) implements Note {
    @Override
    public String action() {
      return row.action();
    }

    @Override
    public String subject() {
      return String.valueOf(row.subject());
    }

    @Override
    public Map<String, String> details() {
      return row.details();
    }
  }

  @Override
  public Note note(String action, String subject, Map<String, String> details) {
    Optional<RequestAtHand.Origin> origin = request.find();
    Caller actor = origin.map(RequestAtHand.Origin::caller).orElse(null);
    String address = origin.map(RequestAtHand.Origin::address).orElse(null);
    byte[] sealed =
        actor == null || address == null || isUnkept(actor)
            ? null
            : keys.sealIfKnown(actor.userId(), ADDRESS, address).orElse(null);
    return new Waiting(
        row(origin, actor, sealed, action, subject, DONE, details), request.recording());
  }

  @Override
  public void recordAll(Handle tx, List<Note> notes) {
    List<AuditTable.Row> rows = new ArrayList<>();
    for (Note note : notes) {
      if (!(note instanceof Waiting(AuditTable.Row row, Runnable recording))) {
        throw new IllegalArgumentException("a note of another trail");
      }
      rows.add(row);
      tx.afterCommit(recording::run);
    }
    insert(tx, rows);
  }

  /** {@link #record} where the actor becomes known by the change itself, as in signing in. */
  public void recordBy(
      Handle tx, Caller actor, String action, String subject, Map<String, String> details) {
    insert(tx, request.find(), actor, action, subject, DONE, details);
    request.recording().run();
  }

  /** Records a request that changed nothing, or left no record of what it changed. */
  void recordAnswer(
      Handle tx,
      RequestAtHand.Origin origin,
      String action,
      @Nullable String subject,
      int status,
      Map<String, String> details) {
    insert(
        tx,
        Optional.of(origin),
        origin.caller(),
        action,
        subject,
        Integer.toString(status),
        details);
  }

  /** Records how many requests of one kind were refused. */
  void recordCount(Handle tx, RefusalTally.Kind kind, long count) {
    RefusalTally.Actor actor = kind.actor();
    insert(
        tx,
        List.of(
            new AuditTable.Row(
                ids.next(),
                clock.instant(),
                actor == null ? null : actor.id().value(),
                actor == null ? ANONYMOUS : actor.kind().toString(),
                null,
                kind.action(),
                null,
                Integer.toString(kind.status()),
                Map.of("count", Long.toString(count)),
                null)));
  }

  /** Calls the listener after the commit of each transaction that records something. */
  void onRecord(Runnable listener) {
    onRecord = listener;
  }

  /** The records that are looked for, newest first. */
  public Page<AuditEntry> find(AuditQuery wanted, PageRequest page) {
    return Page.from(
            database.read(tx -> AuditTable.find(tx, wanted, page.placeAsId(), page.limit() + 1)),
            page,
            row -> row.id().toString())
        .map(this::entry);
  }

  /** The records of an actor, of a subject or of all, newest first. */
  public Page<AuditEntry> find(Optional<UUID> actor, Optional<String> subject, PageRequest page) {
    return find(
        new AuditQuery(
            actor, subject, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        page);
  }

  private void insert(
      Handle tx,
      Optional<RequestAtHand.Origin> origin,
      @Nullable Caller actor,
      String action,
      @Nullable String subject,
      String outcome,
      Map<String, String> details) {
    String address = origin.map(RequestAtHand.Origin::address).orElse(null);
    byte[] sealed =
        actor == null || address == null || isUnkept(actor)
            ? null
            : keys.sealIfKnown(tx, actor.userId(), ADDRESS, address).orElse(null);
    insert(tx, List.of(row(origin, actor, sealed, action, subject, outcome, details)));
  }

  private void insert(Handle tx, List<AuditTable.Row> rows) {
    AuditTable.insert(tx, rows);
    tx.afterCommit(() -> onRecord.run());
  }

  private AuditTable.Row row(
      Optional<RequestAtHand.Origin> origin,
      @Nullable Caller actor,
      byte @Nullable [] sealedAddress,
      String action,
      @Nullable String subject,
      String outcome,
      Map<String, String> details) {
    return new AuditTable.Row(
        ids.next(),
        clock.instant(),
        actor == null ? null : actor.userId().value(),
        kind(origin, actor),
        sealedAddress,
        action,
        subject,
        outcome,
        details,
        origin.map(RequestAtHand.Origin::requestId).orElse(null));
  }

  /** Where officers were isn't kept, nor an address that tells it. */
  private static boolean isUnkept(Caller actor) {
    return actor.kind() == PartyKind.OFFICER;
  }

  private static String kind(Optional<RequestAtHand.Origin> origin, @Nullable Caller actor) {
    if (actor != null) {
      return actor.kind().toString();
    }
    return origin.isPresent() ? ANONYMOUS : "system";
  }

  private AuditEntry entry(AuditTable.Row row) {
    UUID actor = row.actor();
    byte[] sealed = row.addressSealed();
    return new AuditEntry(
        row.id(),
        row.at(),
        actor,
        row.actorKind(),
        actor == null || sealed == null
            ? null
            : keys.open(new UserId(actor), ADDRESS, sealed).orElse(null),
        row.action(),
        row.subject(),
        row.outcome(),
        row.details(),
        row.requestId());
  }
}
