package app.heyblue.catalogs;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a refresh stands, or how it ended.
 *
 * @param source the file's name, or the configured source's
 * @param rowsRead rows of the file so far, without its header
 * @param added charities that weren't in the catalog; 0 while it runs, as the next two
 * @param changed charities in both whose row differs in any column
 * @param removed charities of the states that the file covers that are no longer in it
 * @param rejected rows that can't be used; their charities stay as they were
 * @param reason why it was refused, a sentence; null otherwise
 */
public record RefreshStatus(
    UUID id,
    String source,
    State status,
    long rowsRead,
    long added,
    long changed,
    long removed,
    long rejected,
    @Nullable String reason,
    Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Whether it goes on, and if not, whether it changed the catalog. */
  public enum State {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("applied")
    APPLIED,
    @JsonProperty("refused")
    REFUSED
  }
}
