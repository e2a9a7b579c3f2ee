package app.heyblue.users;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems of profiles. */
@ApplicationScoped
public class UsersProblems implements ProblemCatalog {
  public static final ProblemType NAME_IS_VERIFIED =
      new ProblemType(
          "name-is-verified",
          "This name was verified",
          422,
          "A charity's or merchant's name was checked when it joined, so that nobody gives to"
              + " somebody else's name. It can't be changed here; all else can.");

  @Override
  public List<ProblemType> types() {
    return List.of(NAME_IS_VERIFIED);
  }
}
