package app.heyblue.notifications;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of notifications. */
@ConfigMapping(prefix = "heyblue.notifications")
public interface NotificationsConfig {
  /**
   * The sender of mails, for example {@code HeyBlue <hello@heyblue.example>}. Setting it switches
   * SMTP on; the server is set by {@code quarkus.mailer.host}, {@code .port}, {@code .username},
   * {@code .password} and {@code .start-tls}. While demo data exist, mails go to the demo mailbox
   * whatever is set here.
   */
  Optional<String> from();
}
