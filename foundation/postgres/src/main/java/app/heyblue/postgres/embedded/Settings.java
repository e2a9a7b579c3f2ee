package app.heyblue.postgres.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL's settings: durable, reachable from this machine only, modest in memory. */
final class Settings {
  private static final Map<String, String> ALWAYS =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("max_connections", "60"),
          Map.entry("shared_buffers", "128MB"),
          Map.entry("maintenance_work_mem", "128MB"),
          Map.entry("work_mem", "8MB"),
          Map.entry("max_wal_size", "1GB"),
          Map.entry("checkpoint_timeout", "5min"),
          Map.entry("jit", "off"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("log_checkpoints", "off"),
          // Details, hints and statements can hold people's data; they stay out of the log.
          Map.entry("log_error_verbosity", "terse"),
          Map.entry("log_min_error_statement", "panic"));

  private Settings() {}

  /** Arguments of {@code postgres}; those of the caller win. */
  static List<String> arguments(int port, Map<String, String> own) {
    Map<String, String> settings = new LinkedHashMap<>(ALWAYS);
    settings.put("port", Integer.toString(port));
    settings.putAll(own);
    List<String> arguments = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          arguments.add("-c");
          arguments.add(name + "=" + value);
        });
    return arguments;
  }
}
