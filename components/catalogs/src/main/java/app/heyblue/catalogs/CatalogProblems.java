package app.heyblue.catalogs;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems of the catalogs. */
@ApplicationScoped
public class CatalogProblems implements ProblemCatalog {
  public static final ProblemType REFRESH_RUNNING =
      new ProblemType(
          "refresh-running",
          "A refresh of this catalog is running",
          409,
          "A catalog is refreshed from one file at a time, and not while a refresh is undone. Wait"
              + " until the running refresh has been applied or refused, then start yours.");
  public static final ProblemType UNKNOWN_SOURCE =
      new ProblemType(
          "unknown-source",
          "No such source is configured",
          422,
          "`source` names one of the sources that the operator has configured under"
              + " heyblue.catalogs.sources or heyblue.catalogs.family-sources. A file of your own"
              + " goes up as the multipart field `file`.");
  public static final ProblemType NOT_UNDOABLE =
      new ProblemType(
          "not-undoable",
          "This refresh can't be undone",
          409,
          "Undone can be the latest refresh that changed something, then the one before it, and so"
              + " on; each once, and as long as what it ended is kept. An undo isn't undone: refresh"
              + " from the file again.");
  public static final ProblemType NOT_DELISTED =
      new ProblemType(
          "not-delisted",
          "This charity didn't disappear",
          404,
          "Reviewed are charities that a refresh removed and that haven't come back.");

  public static final ProblemType CATALOG_INDEXING =
      new ProblemType(
          "catalog-indexing",
          "The search index is being built",
          503,
          "Searches are answered from an index on disk, which is a copy of the catalog. It's being"
              + " built after it was absent or couldn't be read, which takes less than a minute for"
              + " the whole country. Try again after the time in `Retry-After`; a charity is found"
              + " by its EIN meanwhile.");

  @Override
  public List<ProblemType> types() {
    return List.of(REFRESH_RUNNING, UNKNOWN_SOURCE, NOT_UNDOABLE, NOT_DELISTED, CATALOG_INDEXING);
  }
}
