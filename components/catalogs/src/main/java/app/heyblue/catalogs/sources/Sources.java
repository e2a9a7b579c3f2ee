package app.heyblue.catalogs.sources;

import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.CatalogsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configured sources; nothing is ever fetched from anywhere else. */
@ApplicationScoped
public class Sources {
  private final List<Source> all;

  public Sources(CatalogsConfig config) {
    this.all =
        Stream.concat(
                configured(CatalogName.CHARITIES, config.sources()),
                configured(CatalogName.FAMILIES, config.familySources()))
            .sorted(Comparator.comparing(Source::catalog).thenComparing(Source::name))
            .toList();
  }

  private static Stream<Source> configured(CatalogName catalog, Map<String, String> addresses) {
    return addresses.entrySet().stream()
        .map(
            entry -> {
              try {
                Source source = new Source(catalog, entry.getKey(), entry.getValue().strip());
                requireSecret(source);
                return source;
              } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                    "The source " + entry.getKey() + " can't be used: " + e.getMessage());
              }
            });
  }

  /** Case numbers go over no network in the clear. */
  private static void requireSecret(Source source) {
    if (source.catalog() == CatalogName.FAMILIES
        && source
            .uri()
            .filter(uri -> !uri.getScheme().equalsIgnoreCase("https"))
            .filter(uri -> !InnerHost.isLoopback(uri.getHost()))
            .isPresent()) {
      throw new IllegalArgumentException(
          "families' case numbers come by https:// only, except from this machine itself");
    }
  }

  /** All of them, those of one catalog together, by name. */
  public List<Source> all() {
    return all;
  }

  /**
   * The source of this name.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code unknown-source})
   */
  public Source require(CatalogName catalog, String name) {
    return all.stream()
        .filter(source -> source.catalog() == catalog && source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> CatalogProblems.UNKNOWN_SOURCE.raise(known(catalog)));
  }

  private String known(CatalogName catalog) {
    String names =
        all.stream()
            .filter(source -> source.catalog() == catalog)
            .map(Source::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? "No source is configured here. Upload a file instead."
        : "Configured are: " + names + ".";
  }
}
