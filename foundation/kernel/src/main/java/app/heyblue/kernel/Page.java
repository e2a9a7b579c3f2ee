package app.heyblue.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as every list of the API answers.
 *
 * @param items at most as many as were asked for
 * @param next what to pass as {@code after} for the next page; null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {
  public Page {
    items = List.copyOf(items);
  }

  /** The whole of a short list as one page. */
  public static <T> Page<T> of(List<T> items) {
    return new Page<>(items, null);
  }

  /**
   * Makes a page from rows of which one more was read than is shown, to learn whether there is a
   * next page.
   *
   * @param rows up to {@code request.limit() + 1} rows in the list's order
   * @param position what identifies a row's place in the list, for the cursor
   */
  public static <T> Page<T> from(List<T> rows, PageRequest request, Function<T, String> position) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, null);
    }
    List<T> shown = rows.subList(0, request.limit());
    return new Page<>(shown, Cursor.encode(position.apply(shown.getLast())));
  }

  public <R> Page<R> map(Function<? super T, ? extends R> mapping) {
    return new Page<>(items.stream().<R>map(mapping).toList(), next);
  }
}
