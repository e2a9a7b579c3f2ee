package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.CatalogName;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What each configured source had when it was applied last. */
public final class SourceTable {
  /**
   * By what a source tells whether it has anything new.
   *
   * @param etag as the source wrote it (RFC 9110); null where it has none
   * @param lastModified likewise
   * @param content SHA-256
   */
  public record Seen(
      @Nullable String etag, @Nullable String lastModified, byte[] content, UUID refresh) {}

  /**
   * What was seen under this name and address.
   *
   * @param address SHA-256 of it
   */
  public Optional<Seen> find(Handle tx, CatalogName catalog, String name, byte[] address) {
    return tx.createQuery(
            """
            select address, etag, last_modified, content, refresh from catalogs.source
            where catalog = :catalog and name = :name
            """)
        .bind("catalog", catalog.toString())
        .bind("name", name)
        .map(
            (row, context) ->
                Arrays.equals(row.getBytes(1), address)
                    ? Optional.of(
                        new Seen(
                            row.getString(2),
                            row.getString(3),
                            row.getBytes(4),
                            row.getObject(5, UUID.class)))
                    : Optional.<Seen>empty())
        .findOne()
        .flatMap(seen -> seen);
  }

  public void put(Handle tx, CatalogName catalog, String name, byte[] address, Seen seen) {
    tx.createUpdate(
            """
            insert into catalogs.source (catalog, name, address, etag, last_modified, content, refresh)
            values (:catalog, :name, :address, :etag, :lastModified, :content, :refresh)
            on conflict (catalog, name) do update set address = excluded.address,
              etag = excluded.etag, last_modified = excluded.last_modified,
              content = excluded.content, refresh = excluded.refresh
            """)
        .bind("catalog", catalog.toString())
        .bind("name", name)
        .bind("address", address)
        .bind("etag", seen.etag())
        .bind("lastModified", seen.lastModified())
        .bind("content", seen.content())
        .bind("refresh", seen.refresh())
        .execute();
  }

  /**
   * Whether a person has changed the same entries by hand since: an upload or an undo that changed
   * something.
   */
  public boolean overruledSince(Handle tx, UUID refresh) {
    return tx.createQuery(
            """
            select exists (
              select from catalogs.refresh later
              join catalogs.refresh r on r.id = :refresh and later.format = r.format
              where later.generation > r.generation and later.status = 'applied'
                and not later.configured and later.added + later.changed + later.removed > 0)
            """)
        .bind("refresh", refresh)
        .mapTo(Boolean.class)
        .one();
  }
}
