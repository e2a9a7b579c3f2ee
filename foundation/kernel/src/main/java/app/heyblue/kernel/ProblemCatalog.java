package app.heyblue.kernel;

import java.util.List;

/** The problem types of one room; each room offers one as a bean, and each type gets a page. */
public interface ProblemCatalog {
  List<ProblemType> types();
}
