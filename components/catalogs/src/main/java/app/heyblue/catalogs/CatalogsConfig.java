package app.heyblue.catalogs;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** The settings of the catalogs. */
@ConfigMapping(prefix = "heyblue.catalogs")
public interface CatalogsConfig {
  /**
   * The sources that an admin may refresh the charities from by name: for each, the path of an EO
   * BMF extract, for example {@code heyblue.catalogs.sources.dc=/var/lib/irs/eo_dc.csv}.
   */
  Map<String, String> sources();
}
