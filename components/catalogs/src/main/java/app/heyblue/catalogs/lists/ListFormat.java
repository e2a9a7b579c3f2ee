package app.heyblue.catalogs.lists;

import app.heyblue.catalogs.bmf.LineReader;
import java.util.Optional;

/** How the lines of a list become rows; for one thread and one file. */
public interface ListFormat {
  /** What is wrong with the first line, where the format has a header; else always empty. */
  Optional<String> faultOfHeader(LineReader.Line line);

  boolean hasHeader();

  /** What to call such a file, in “The file isn't …”. */
  String name();

  /** Whether complete files are sorted by their key, so that a cut shows. */
  boolean isSorted();

  /** Whether a last line that no line end follows is whole all the same, and not cut off. */
  boolean isWhole(LineReader.Line lastLine);

  StagedRow row(LineReader.Line line);
}
