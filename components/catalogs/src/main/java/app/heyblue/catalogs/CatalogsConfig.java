package app.heyblue.catalogs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of the catalogs. */
@ConfigMapping(prefix = "heyblue.catalogs")
public interface CatalogsConfig {
  /**
   * The sources that the charities are refreshed from, by name: for each the path or the http(s)
   * address of an EO BMF extract or of Publication 78, zipped or not, for example {@code
   * heyblue.catalogs.sources.dc=https://www.irs.gov/pub/irs-soi/eo_dc.csv}. A user and password in
   * an address are sent to that host only and shown nowhere.
   */
  Map<String, String> sources();

  /**
   * The sources that the families are refreshed from, by name: for each the path or the address of
   * a file as docs/reference/families-csv.md describes it.
   */
  Map<String, String> familySources();

  /**
   * When all sources are refreshed: a period as {@code P7D} or {@code PT12H}, counted from the last
   * time, or a cron expression of five fields in UTC as {@code 30 4 * * 1}. Without it they are
   * refreshed on demand only.
   */
  Optional<String> schedule();

  /** Those that the schedule refreshes, by name; all without it. */
  Optional<Set<String>> scheduledSources();

  /** How large a source's file may be, and unzipped, in MiB. */
  @WithDefault("2048")
  long largestFileMib();

  /** How long a source may send nothing before the connection is given up and tried again. */
  @WithDefault("PT30S")
  Duration sourceSilence();

  /** How long one attempt to fetch a file may take. */
  @WithDefault("PT1H")
  Duration sourcePatience();

  /** How often a source is asked where it fails (5xx, connection lost, silence). */
  @WithDefault("4")
  int sourceAttempts();

  /** How long to wait before the second attempt; twice as long before each further one. */
  @WithDefault("PT5S")
  Duration sourceBackoff();

  /**
   * How many of the latest generations of each catalog can still be looked at and undone; what
   * older ones ended is deleted.
   */
  @WithDefault("13")
  int generationsKept();
}
