package app.heyblue.siege;

import java.util.List;

/**
 * A promise, and whether it was kept.
 *
 * @param counted over how much it was checked
 * @param broken what shows that it wasn't kept; empty where it was
 */
record Check(String promise, long counted, List<String> broken) {
  private static final int SHOWN = 3;

  boolean isKept() {
    return broken.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(isKept() ? "  kept    " : "  BROKEN  ");
    line.append("%-66s %,9d".formatted(promise, counted));
    broken.stream().limit(SHOWN).forEach(what -> line.append("\n            ").append(what));
    if (broken.size() > SHOWN) {
      line.append("\n            and %,d more".formatted(broken.size() - SHOWN));
    }
    return line.toString();
  }
}
