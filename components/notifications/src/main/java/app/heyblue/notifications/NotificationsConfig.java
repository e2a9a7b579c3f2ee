package app.heyblue.notifications;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of notifications. */
@ConfigMapping(prefix = "heyblue.notifications")
public interface NotificationsConfig {
  /**
   * The sender of mails, for example {@code HeyBlue <hello@heyblue.example>}. Setting it switches
   * SMTP on; the server is set by {@code quarkus.mailer.host}, {@code .port}, {@code .username} and
   * {@code .password}. Set {@code quarkus.mailer.start-tls=REQUIRED} (port 587) or {@code
   * quarkus.mailer.tls=true} (port 465), since the default goes on in clear where the server offers
   * no TLS; {@code quarkus.mailer.tls-configuration-name} names a TLS configuration with a trust
   * store of its own. While demo data exist, mails go to the demo mailbox whatever is set here.
   */
  Optional<String> from();
}
