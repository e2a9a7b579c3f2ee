package app.heyblue.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  /**
   * Who may read {@code /metrics} besides this machine: addresses or networks such as {@code
   * 10.0.0.7} or {@code 10.0.0.0/8}, separated by commas.
   */
  Optional<List<String>> metricsReaders();

  /**
   * A list of breached passwords beside the one that ships with HeyBlue: SHA-1 digests in
   * hexadecimal, sorted, one a line, as the downloader of Have I Been Pwned writes them. It is
   * searched on the disk, however large.
   */
  Optional<Path> breachedPasswordsFile();

  /**
   * Other issuers (OpenID Connect) whose access tokens are accepted, by a name of your own. {@code
   * oidc.<name>.issuer} is its address, exactly as its tokens name it; {@code oidc.<name>.audience}
   * what its tokens for HeyBlue name as {@code aud}; {@code oidc.<name>.jwks-url} where its keys
   * are, found by discovery without it; {@code oidc.<name>.token-type} the {@code typ} of its
   * access tokens, {@code at+jwt} (RFC 9068) without it; {@code oidc.<name>.link-by-email} whether
   * a verified address links its people to the accounts of the same address, {@code true} without
   * it.
   */
  Map<String, OidcIssuer> oidc();

  /** One of those issuers. */
  interface OidcIssuer {
    /** Its address, exactly as tokens name it ({@code iss}); https, or this machine. */
    String issuer();

    /** What tokens that are meant for us name as {@code aud}. */
    String audience();

    /** Where its keys are; by discovery without it. */
    Optional<URI> jwksUrl();

    /** The header {@code typ} of its access tokens. */
    @WithDefault("at+jwt")
    String tokenType();

    /**
     * Whether people whose address it vouches for are linked, once, to the account of that address;
     * never admins.
     */
    @WithDefault("true")
    boolean linkByEmail();
  }
}
