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
          "A catalog is refreshed from one file at a time. Wait until the running refresh has been"
              + " applied or refused, then start yours.");
  public static final ProblemType UNKNOWN_SOURCE =
      new ProblemType(
          "unknown-source",
          "No such source is configured",
          422,
          "`source` names one of the sources that the operator has configured under"
              + " heyblue.catalogs.sources. A file of your own goes up as the multipart field"
              + " `file`.");

  @Override
  public List<ProblemType> types() {
    return List.of(REFRESH_RUNNING, UNKNOWN_SOURCE);
  }
}
