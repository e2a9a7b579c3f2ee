package app.heyblue.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How many requests a person or a network address may make: so many at once, and as many again,
 * evenly, over a minute. Each process counts by itself, and nobody is counted while there are demo
 * data.
 */
@ConfigMapping(prefix = "heyblue.limits")
public interface LimitsConfig {
  /**
   * Requests of one network address in a minute, an IPv6 address by its /64, whatever they ask for;
   * 1 to 100,000. This machine isn't counted.
   */
  @WithDefault("12000")
  int perAddress();

  /** Reads of one person in a minute; 1 to 100,000. */
  @WithDefault("1200")
  int reads();

  /** Changes by one person in a minute; 1 to 100,000. */
  @WithDefault("120")
  int writes();

  /** Searches in a minute by one person, or without a token from one address; 1 to 100,000. */
  @WithDefault("300")
  int searches();

  /** Exports, proofs, simulations, uploads and the like by one person in a minute. */
  @WithDefault("30")
  int costly();
}
