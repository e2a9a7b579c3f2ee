package app.heyblue.siege;

import java.io.PrintStream;
import java.util.Locale;

/** What the person at the terminal reads. */
record Scroll(PrintStream out) {
  void say(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
    out.flush();
  }
}
