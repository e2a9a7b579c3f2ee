package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogsConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Settings that a test can change. */
public final class Settings implements CatalogsConfig {
  public final Map<String, String> sources = new TreeMap<>();
  public final Map<String, String> familySources = new TreeMap<>();
  public Optional<String> schedule = Optional.empty();
  public Duration silence = Duration.ofSeconds(30);
  public long largestFileMib = 100;
  public int generationsKept = 13;

  @Override
  public Map<String, String> sources() {
    return sources;
  }

  @Override
  public Map<String, String> familySources() {
    return familySources;
  }

  @Override
  public Optional<String> schedule() {
    return schedule;
  }

  @Override
  public Optional<Set<String>> scheduledSources() {
    return Optional.empty();
  }

  @Override
  public long largestFileMib() {
    return largestFileMib;
  }

  @Override
  public Duration sourceSilence() {
    return silence;
  }

  @Override
  public Duration sourcePatience() {
    return Duration.ofMinutes(5);
  }

  @Override
  public int sourceAttempts() {
    return 3;
  }

  @Override
  public Duration sourceBackoff() {
    return Duration.ofMillis(1);
  }

  @Override
  public int generationsKept() {
    return generationsKept;
  }
}
