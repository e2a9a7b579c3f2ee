package app.heyblue.catalogs;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a refresh stands, or how it ended.
 *
 * @param source the file's name, or the configured source's
 * @param format what the file is; null until that is known
 * @param phase what it is at; null once it has ended
 * @param progress the part of the phase that is done, 0 to 1; null where that can't be known, and 1
 *     once applied
 * @param rowsRead rows of the file so far, without its header
 * @param rowsTotal about how many rows the file has; null until that is known
 * @param added entries that weren't in the catalog; 0 while it runs, as the next two
 * @param changed entries in both whose row differs in any column
 * @param removed entries of the states that the file covers that are no longer in it
 * @param rejected rows that can't be used; their entries stay as they were
 * @param reason why it was refused, or why it changed nothing without being read; a sentence
 * @param undoes the refresh that this one takes back; null for a refresh from a file
 * @param undoneBy the refresh that took this one back
 */
public record RefreshStatus(
    UUID id,
    String source,
    @Nullable CatalogFormat format,
    State status,
    @Nullable Phase phase,
    @Nullable Double progress,
    long rowsRead,
    @Nullable Long rowsTotal,
    long added,
    long changed,
    long removed,
    long rejected,
    @Nullable String reason,
    @Nullable UUID undoes,
    @Nullable UUID undoneBy,
    Instant startedAt,
    @Nullable Instant finishedAt) {

  /** Whether it goes on, and if not, whether it was taken in. */
  public enum State {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("applied")
    APPLIED,
    @JsonProperty("refused")
    REFUSED
  }

  /** What a running refresh is at. */
  public enum Phase {
    /** Getting the file from its source. */
    @JsonProperty("fetching")
    FETCHING,
    @JsonProperty("reading")
    READING,
    /** Comparing with the catalog, and writing what differs beside what readers see. */
    @JsonProperty("applying")
    APPLYING,
    @JsonProperty("undoing")
    UNDOING
  }
}
