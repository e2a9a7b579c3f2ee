package app.heyblue.postgres.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** PostgreSQL's settings: durable, reachable from this machine only, modest in memory. */
final class Settings {
  /**
   * Where a new database starts from, in its {@code postgresql.conf}; whoever has a larger machine
   * changes them there. What isn't named keeps PostgreSQL's default, above all the WAL's settings.
   */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("max_connections", "60"),
          Map.entry("shared_buffers", "128MB"),
          Map.entry("effective_cache_size", "1GB"),
          Map.entry("work_mem", "8MB"),
          Map.entry("maintenance_work_mem", "128MB"),
          Map.entry("random_page_cost", "1.1"),
          // Rounds slow down guessing; HeyBlue's password is 192 random bits, which nobody guesses.
          Map.entry("scram_iterations", "1"),
          Map.entry("jit", "off"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("log_checkpoints", "off"));

  /** What HeyBlue's promises rest on, whatever the file says. */
  private static final Map<String, String> ALWAYS =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          // Details and statements can hold what people entered; they stay out of the log.
          Map.entry("log_error_verbosity", "terse"),
          Map.entry("log_min_error_statement", "panic"));

  private Settings() {}

  /** Arguments of {@code initdb}. */
  static List<String> defaults() {
    return arguments("--set", DEFAULTS);
  }

  /** Arguments of {@code postgres}; the caller's own settings win. */
  static List<String> always(int port, Map<String, String> own) {
    Map<String, String> settings = new TreeMap<>(ALWAYS);
    settings.put("port", Integer.toString(port));
    if (Binaries.machine().startsWith("darwin")) {
      // There, fsync alone leaves the data in the drive's cache.
      settings.put("wal_sync_method", "fsync_writethrough");
    }
    settings.putAll(own);
    return arguments("-c", settings);
  }

  private static List<String> arguments(String option, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>();
    new TreeMap<>(settings)
        .forEach(
            (name, value) -> {
              arguments.add(option);
              arguments.add(name + "=" + value);
            });
    return arguments;
  }
}
