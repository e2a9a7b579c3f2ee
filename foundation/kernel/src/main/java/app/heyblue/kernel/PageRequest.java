package app.heyblue.kernel;

import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a list is asked for: {@code ?limit=50&after=<cursor>}; a {@code @BeanParam}. */
public class PageRequest {
  /** The most items that one page holds; who asks for more gets as many. */
  public static final int MAX_LIMIT = 200;

  private static final int DEFAULT_LIMIT = 50;

  @Parameter(
      description = "How many items at most, from 1; 50 without it, 200 where more are asked for.",
      schema = @Schema(type = SchemaType.INTEGER))
  @QueryParam("limit")
  @Nullable String limit;

  @Parameter(description = "`next` of the page before.", schema = @Schema(type = SchemaType.STRING))
  @QueryParam("after")
  @Nullable String after;

  public PageRequest() {}

  public PageRequest(int limit, @Nullable String after) {
    this.limit = String.valueOf(limit);
    this.after = after;
  }

  /**
   * How many items the page holds at most.
   *
   * @throws ProblemException ({@code invalid-input}) where it isn't a whole number from 1
   */
  public int limit() {
    if (limit == null || limit.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    if (!limit.matches("0*[1-9][0-9]{0,8}")) {
      throw ProblemException.invalid("limit", "A whole number from 1 to 200.");
    }
    return (int) Math.min(MAX_LIMIT, Long.parseLong(limit));
  }

  /** The decoded place after which the page begins; empty for the first page. */
  public Optional<String> place() {
    return Optional.ofNullable(after).filter(text -> !text.isEmpty()).map(Cursor::decode);
  }

  /** The place as a number, for lists ordered by one. */
  public Optional<Long> placeAsLong() {
    return place().map(orMalformed(Long::valueOf));
  }

  /** The place as an id, for lists ordered by one. */
  public Optional<UUID> placeAsId() {
    return place().map(orMalformed(Uuids::parse));
  }

  private static <T> Function<String, T> orMalformed(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw Cursor.malformed();
      }
    };
  }
}
