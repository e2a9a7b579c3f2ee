package app.heyblue.kernel;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a list is asked for: {@code ?limit=50&after=<cursor>}; a {@code @BeanParam}. */
public class PageRequest {
  /** The most items that one page holds. */
  public static final int MAX_LIMIT = 200;

  @Parameter(description = "How many items at most, 1 to 200.")
  @QueryParam("limit")
  @DefaultValue("50")
  @Min(1)
  @Max(MAX_LIMIT)
  int limit = 50;

  @Parameter(
      description = "`next` of the page before.",
      schema = @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING))
  @QueryParam("after")
  @Nullable String after;

  public PageRequest() {}

  public PageRequest(int limit, @Nullable String after) {
    this.limit = limit;
    this.after = after;
  }

  public int limit() {
    return limit;
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
