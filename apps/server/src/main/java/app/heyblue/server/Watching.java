package app.heyblue.server;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the server tells those who run it what it does: by its log, and by traces where there is a
 * collector for them.
 *
 * @param settings what the framework has to know
 */
record Watching(Map<String, String> settings) {
  private static final String ACCESS = "quarkus.log.category.\"app.heyblue.access\".level";

  /**
   * Reads the environment.
   *
   * @throws CommandFailure where a value can't be used
   */
  static Watching of(Map<String, String> environment) {
    Map<String, String> settings = new TreeMap<>();
    log(environment.getOrDefault("HEYBLUE_LOG", "").strip(), settings);
    Optional.ofNullable(environment.get("HEYBLUE_OTLP_ENDPOINT"))
        .filter(value -> !value.isBlank())
        .ifPresent(endpoint -> traces(endpoint.strip(), settings));
    return new Watching(settings);
  }

  private static void log(String wanted, Map<String, String> settings) {
    switch (wanted) {
      case "" -> {}
      case "text" -> settings.put(ACCESS, "INFO");
      case "json" -> {
        settings.put(ACCESS, "INFO");
        settings.put("quarkus.log.console.json.enabled", "true");
      }
      default ->
          throw new CommandFailure(
              "HEYBLUE_LOG is \"" + wanted + "\"; it is text or json, or not set.");
    }
  }

  private static void traces(String endpoint, Map<String, String> settings) {
    URI address;
    try {
      address = URI.create(endpoint);
    } catch (IllegalArgumentException e) {
      throw unusable(endpoint);
    }
    if (address.getHost() == null || !String.valueOf(address.getScheme()).matches("https?")) {
      throw unusable(endpoint);
    }
    settings.put("quarkus.otel.sdk.disabled", "false");
    settings.put("quarkus.otel.exporter.otlp.endpoint", endpoint);
  }

  private static CommandFailure unusable(String endpoint) {
    return new CommandFailure(
        "HEYBLUE_OTLP_ENDPOINT is \""
            + endpoint
            + "\"; it must be the address of a collector, such as http://localhost:4318.");
  }
}
