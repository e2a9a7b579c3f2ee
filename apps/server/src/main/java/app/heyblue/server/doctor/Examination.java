package app.heyblue.server.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The findings so far. A check that fails is a finding as well and keeps none of the others. */
final class Examination {
  private final List<Finding> findings = new ArrayList<>();

  void check(String name, Supplier<Finding> check) {
    checks(name, () -> List.of(check.get()));
  }

  /** Several that depend on each other, under the name of the first. */
  void checks(String name, Supplier<List<Finding>> checks) {
    try {
      findings.addAll(checks.get());
    } catch (RuntimeException e) {
      failed(name, e);
    }
  }

  /** What couldn't be examined, and why. */
  void failed(String name, RuntimeException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    findings.add(Finding.sick(name, "It can't be examined: " + why));
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
