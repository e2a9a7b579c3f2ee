package app.heyblue.server.doctor;

import app.heyblue.kernel.KernelBeans;
import app.heyblue.server.CommandFailure;
import app.heyblue.server.Installation;
import app.heyblue.server.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The port, the certificate and the mail server. */
final class NetworkChecks {
  private static final int PATIENCE_MILLIS = 5000;
  private static final Duration SOON = Duration.ofDays(21);
  private static final int SMTP_PORT = 25;

  private NetworkChecks() {}

  static void all(
      Examination examination,
      Installation installation,
      Map<String, String> environment,
      boolean running) {
    examination.check("port", () -> port(installation, running));
    installation
        .tls()
        .ifPresent(
            files ->
                examination.check("tls", () -> tls(files, KernelBeans.systemClock().instant())));
    examination.check(
        "mail",
        () ->
            environment.getOrDefault("HEYBLUE_NOTIFICATIONS_FROM", "").isBlank()
                ? Finding.ok(
                    "mail", "No sender is configured (heyblue.notifications.from): none is sent.")
                : mail(environment));
  }

  private static Finding port(Installation installation, boolean running) {
    int port = installation.port();
    if (isFree(installation)) {
      return running
          ? Finding.warning(
              "port",
              "HeyBlue runs on these data but not on port %d: it starts or stops, or HEYBLUE_PORT is another there."
                  .formatted(port))
          : Finding.ok("port", "Port " + port + " is free.");
    }
    if (running && ServerChecks.answers(installation)) {
      return Finding.ok("port", "Port " + port + " is this installation's.");
    }
    return Finding.sick(
        "port",
        "Port %d is taken by %s; stop it, or choose another: HEYBLUE_PORT=8081"
            .formatted(port, Listeners.of(port).orElse("another program")));
  }

  private static boolean isFree(Installation installation) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(installation.host(), installation.port()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static Finding tls(TlsFiles files, Instant now) {
    try {
      files.check();
    } catch (CommandFailure e) {
      return Finding.sick("tls", String.valueOf(e.getMessage()));
    }
    Instant end = files.first().getNotAfter().toInstant();
    return end.isBefore(now.plus(SOON))
        ? Finding.warning("tls", "The certificate ends on " + end + "; renew it.")
        : Finding.ok("tls", "Certificate and key fit; valid until " + end + ".");
  }

  private static Finding mail(Map<String, String> environment) {
    String host = environment.getOrDefault("QUARKUS_MAILER_HOST", "localhost");
    int port;
    try {
      port =
          Integer.parseInt(
              environment.getOrDefault("QUARKUS_MAILER_PORT", String.valueOf(SMTP_PORT)));
    } catch (NumberFormatException e) {
      return Finding.sick("mail", "QUARKUS_MAILER_PORT is no number.");
    }
    boolean tls = Boolean.parseBoolean(environment.getOrDefault("QUARKUS_MAILER_TLS", "false"));
    String where = host + ":" + port;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (tls) {
        return Finding.ok("mail", where + " takes connections.");
      }
      String greeting =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return greeting != null && greeting.startsWith("220")
          ? Finding.ok("mail", where + " greets as a mail server.")
          : Finding.sick("mail", where + " doesn't greet as a mail server; see quarkus.mailer.*");
    } catch (IOException | IllegalArgumentException e) {
      return Finding.sick(
          "mail",
          "%s can't be reached (%s): letters wait. See quarkus.mailer.host and .port."
              .formatted(where, e.getMessage()));
    }
  }
}
