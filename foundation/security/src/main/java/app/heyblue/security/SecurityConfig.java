package app.heyblue.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an operator sets about keys and tokens. */
@ConfigMapping(prefix = "heyblue.security")
public interface SecurityConfig {
  /**
   * The file with the master key: one or several, one a line, the newest first, each 32 bytes in
   * base64. It is made on the first start and must be kept outside the database and its back-ups:
   * without it nothing personal can be read again.
   */
  @WithDefault("${heyblue.home}/keys/master.key")
  Path masterKeyFile();

  /**
   * Where the token of the command line is written at each start, readable by its owner only; it is
   * accepted from this machine alone, with the role {@code admin}. Empty: no such token.
   */
  @WithDefault("${heyblue.home}/run/operator.token")
  Optional<Path> operatorTokenFile();

  /** The issuer that access tokens name ({@code iss}); the same in all processes of one system. */
  @WithDefault("heyblue")
  String issuer();

  /** After how many days another key signs access tokens; nobody is signed out by that. */
  @WithDefault("90")
  int signingKeyDays();

  /**
   * The proxies whose {@code X-Forwarded-For} is believed: addresses or networks such as {@code
   * 10.0.0.0/8}, separated by commas. Set by {@code HEYBLUE_TRUSTED_PROXY}.
   */
  Optional<List<String>> trustedProxies();
}
