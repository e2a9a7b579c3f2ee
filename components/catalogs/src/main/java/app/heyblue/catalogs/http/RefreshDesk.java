package app.heyblue.catalogs.http;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.postgres.ChangeList;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.refresh.Origin;
import app.heyblue.catalogs.refresh.Refresher;
import app.heyblue.catalogs.refresh.Spool;
import app.heyblue.catalogs.sources.Sources;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.Uuids;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** What is the same for every catalog's refreshes. */
@ApplicationScoped
class RefreshDesk {
  private static final int LONGEST_NAME = 100;

  private final Refresher refresher;
  private final Spool spool;
  private final Sources sources;
  private final ChangeList changes;
  private final Database database;
  private final IdGenerator ids;
  private final RefreshTable refreshes = new RefreshTable();

  RefreshDesk(
      Refresher refresher,
      Spool spool,
      Sources sources,
      ChangeList changes,
      Database database,
      IdGenerator ids) {
    this.refresher = refresher;
    this.spool = spool;
    this.sources = sources;
    this.changes = changes;
    this.database = database;
    this.ids = ids;
  }

  /** A refresh that has begun. */
  record Begun(UUID id) {}

  Response upload(CatalogName catalog, @Nullable FileUpload file) {
    if (file == null) {
      throw ProblemException.invalid("file", "Send the file as the multipart field `file`.");
    }
    Path kept = spool.keep(file.uploadedFile(), ids.next());
    boolean begun = false;
    try {
      UUID id = refresher.start(catalog, new Origin.OfFile(kept, name(file.fileName()), true));
      begun = true;
      return accepted(catalog, id);
    } finally {
      if (!begun) {
        spool.remove(kept);
      }
    }
  }

  Response fromSource(CatalogName catalog, String source) {
    return accepted(
        catalog,
        refresher.start(catalog, new Origin.OfSource(sources.require(catalog, source), false)));
  }

  Response undo(CatalogName catalog, UUID refresh) {
    return accepted(catalog, refresher.undo(catalog, refresh));
  }

  Page<RefreshStatus> list(CatalogName catalog, PageRequest page) {
    return Page.from(
        database.read(tx -> refreshes.list(tx, catalog, page)),
        page,
        refresh -> refresh.id().toString());
  }

  RefreshStatus status(CatalogName catalog, UUID refresh) {
    return refresher.status(catalog, refresh);
  }

  /** The refresh that was asked for, or the latest that was applied. */
  Optional<RefreshStatus> refreshOrLatest(CatalogFormat latest, @Nullable String refresh) {
    Optional<UUID> id =
        refresh == null || refresh.isEmpty()
            ? changes.latest(latest)
            : Optional.of(refreshId(refresh));
    return id.map(known -> refresher.status(latest.catalog(), known));
  }

  private static UUID refreshId(String text) {
    try {
      return Uuids.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("refresh", "Not the id of a refresh.");
    }
  }

  private static Response accepted(CatalogName catalog, UUID id) {
    return Response.accepted(new Begun(id))
        .location(URI.create("/api/v1/catalogs/" + catalog + "/refreshes/" + id))
        .build();
  }

  /** A file's name is the client's word: shown in lists, used for nothing. */
  private static String name(@Nullable String fileName) {
    String plain =
        Optional.ofNullable(fileName)
            .orElse("")
            .codePoints()
            .filter(c -> !Character.isISOControl(c))
            .limit(LONGEST_NAME)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return plain.isBlank() ? "upload" : plain;
  }
}
