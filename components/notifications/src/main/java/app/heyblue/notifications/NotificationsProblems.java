package app.heyblue.notifications;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems that notifications can answer. */
@ApplicationScoped
public class NotificationsProblems implements ProblemCatalog {
  public static final ProblemType MAIL_UNAVAILABLE =
      new ProblemType(
          "mail-unavailable",
          "Mail can't be sent right now",
          503,
          "The operation needs a mail, and the mail server refuses it or none is configured."
              + " Repeat the request later. Operators set heyblue.notifications.from and"
              + " quarkus.mailer.*.");

  public static final ProblemType ALWAYS_SENT =
      new ProblemType(
          "always-sent",
          "This can't be switched off",
          422,
          "Codes, and mails about your application and your account's security, are always sent:"
              + " without them you couldn't get in, or wouldn't notice that somebody else has."
              + " Everything else can be switched off.");

  public static final ProblemType UNKNOWN_MESSAGE =
      new ProblemType(
          "unknown-message",
          "No message of the live socket",
          400,
          "A message of the live socket is a JSON object with exactly one member, whose name says"
              + " what it is, such as `positions`. docs/guides/live.md lists them.");

  public static final ProblemType SOCKET_ONLY =
      new ProblemType(
          "socket-only",
          "This address is a live socket",
          426,
          "It speaks the WebSocket protocol (RFC 6455) and nothing else.");

  @Override
  public List<ProblemType> types() {
    return List.of(MAIL_UNAVAILABLE, ALWAYS_SENT, UNKNOWN_MESSAGE, SOCKET_ONLY);
  }
}
