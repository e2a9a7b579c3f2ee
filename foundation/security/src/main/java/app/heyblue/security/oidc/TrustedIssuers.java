package app.heyblue.security.oidc;

import app.heyblue.security.SecurityConfig;
import app.heyblue.security.tokens.CompactForm;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** The issuers that the operator trusts. */
@ApplicationScoped
public class TrustedIssuers {
  private static final Logger LOG = Logger.getLogger(TrustedIssuers.class);
  private static final int LONGEST = 8192;

  /** Reads what a token says of itself, believing nothing. */
  private static final JwtConsumer UNVERIFIED =
      new JwtConsumerBuilder()
          .setSkipAllValidators()
          .setDisableRequireSignature()
          .setSkipSignatureVerification()
          .build();

  private final List<TrustedIssuer> issuers;

  public TrustedIssuers(SecurityConfig config, Clock clock) {
    if (config.oidc().isEmpty()) {
      this.issuers = List.of();
      return;
    }
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.issuers =
        config.oidc().entrySet().stream()
            .map(named -> new TrustedIssuer(named.getKey(), named.getValue(), http, clock))
            .toList();
  }

  /** Makes the issuers now, so that a wrong setting stops the start and not a sign-in. */
  void start(@Observes @Priority(52) StartupEvent event) {
    issuers.forEach(
        issuer -> LOG.infof("Tokens of %s are accepted (%s)", issuer.issuer(), issuer.name()));
  }

  Optional<TrustedIssuer> named(String name) {
    return issuers.stream().filter(issuer -> issuer.name().equals(name)).findFirst();
  }

  /** The issuer that a token claims to be of; whether that is true is for the issuer to check. */
  Optional<TrustedIssuer> of(String token) {
    if (issuers.isEmpty() || token.length() > LONGEST || !CompactForm.matches(token)) {
      return Optional.empty();
    }
    try {
      String claimed = UNVERIFIED.processToClaims(token).getIssuer();
      return issuers.stream().filter(issuer -> issuer.issuer().equals(claimed)).findFirst();
    } catch (InvalidJwtException | MalformedClaimException e) {
      return Optional.empty();
    }
  }
}
