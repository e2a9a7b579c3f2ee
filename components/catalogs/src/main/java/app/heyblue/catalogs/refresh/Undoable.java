package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.postgres.GenerationHistory;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.kernel.CommonProblems;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which refresh can be undone: the latest that changed something, then the one before it. */
final class Undoable {
  private Undoable() {}

  /**
   * The refresh, where it can be undone now.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}, {@code not-undoable})
   */
  static RefreshStatus require(
      Handle tx,
      RefreshTable refreshes,
      GenerationHistory history,
      CatalogName catalog,
      UUID refresh) {
    RefreshStatus target =
        refreshes
            .find(tx, catalog, refresh)
            .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("There is no refresh with this id."));
    if (target.undoes() != null) {
      throw refused("It is an undo itself. Refresh from the file again to bring that back.");
    }
    if (target.undoneBy() != null) {
      throw refused("It was undone before.");
    }
    if (target.status() != RefreshStatus.State.APPLIED
        || target.added() + target.changed() + target.removed() == 0) {
      throw refused("It changed nothing, so there is nothing to undo.");
    }
    CatalogFormat format = formatOf(target);
    RefreshTable.Standing latest =
        refreshes
            .latestStanding(tx, format)
            .orElseThrow(() -> refused("There is nothing to undo."));
    if (!latest.id().equals(refresh)) {
      throw refused(
          "A later refresh has to be undone first: %s, from %s."
              .formatted(latest.id(), latest.source()));
    }
    if (history.isPruned(tx, format, latest.generation())) {
      throw refused("It lies too far back: what it ended isn't kept any more.");
    }
    return target;
  }

  static CatalogFormat formatOf(RefreshStatus refresh) {
    return known(refresh.format());
  }

  static CatalogFormat formatOf(RefreshTable.Running refresh) {
    return known(refresh.format());
  }

  private static CatalogFormat known(@Nullable CatalogFormat format) {
    if (format == null) {
      throw new IllegalStateException("an applied refresh without a format");
    }
    return format;
  }

  private static RuntimeException refused(String detail) {
    return CatalogProblems.NOT_UNDOABLE.raise(detail);
  }
}
