package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.CatalogFormat;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How far back the generations of a catalog can still be looked at and undone. */
public final class GenerationHistory {
  /** The generation that a refresh wrote. */
  public long generationOf(Handle tx, UUID refresh) {
    return tx.createQuery("select generation from catalogs.refresh where id = :id")
        .bind("id", refresh)
        .mapTo(Long.class)
        .one();
  }

  /** Whether what this generation ended was deleted. */
  public boolean isPruned(Handle tx, CatalogFormat format, long generation) {
    return tx.createQuery(
                "select coalesce(max(pruned_before), 0) from catalogs.pruning where format = :format")
            .bind("format", format.toString())
            .mapTo(Long.class)
            .one()
        > generation;
  }

  /** Deletes what generations before the latest {@code kept} ended; keeps the current state. */
  public void prune(Handle connection, CatalogFormat format, int kept) {
    Optional<Long> oldestKept =
        connection
            .createQuery(
                """
                select generation from catalogs.refresh
                where format = :format and status = 'applied' and added + changed + removed > 0
                order by generation desc offset :others limit 1
                """)
            .bind("format", format.toString())
            .bind("others", Math.max(1, kept) - 1)
            .mapTo(Long.class)
            .findOne();
    oldestKept.ifPresent(
        before ->
            connection.useTransaction(
                tx -> {
                  tx.createUpdate(
                          """
                          insert into catalogs.pruning (format, pruned_before)
                          values (:format, :before)
                          on conflict (format) do update set pruned_before = excluded.pruned_before
                          """)
                      .bind("format", format.toString())
                      .bind("before", before)
                      .execute();
                  Versions.of(format).prune(tx, before);
                }));
  }
}
