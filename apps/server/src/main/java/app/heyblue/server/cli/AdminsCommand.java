package app.heyblue.server.cli;

import app.heyblue.server.ApiClient;
import app.heyblue.server.Installation;
import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Scanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes administrators, who are made nowhere else. */
@Command(name = "admins", description = "Makes administrators on the running server.")
public final class AdminsCommand {
  @Command(name = "add", description = "Makes an administrator; asks for the password.")
  int add(@Parameters(paramLabel = "EMAIL") String email) {
    Installation installation = Installation.of(System.getenv());
    String token = installation.requireOperatorToken();
    ApiClient.Answer answer =
        installation
            .client()
            .send(
                "POST",
                "/api/v1/operator/admins",
                token,
                Map.of("email", email, "password", password(), "displayName", "Administrator"),
                Map.of())
            .orFail();
    System.out.println(
        "Administrator " + email + " can sign in; id " + answer.body().path("userId").asText());
    return 0;
  }

  // NullAway's model is that of older JDKs, whose console could be null.
  @SuppressWarnings("SystemConsoleNull")
  private static String password() {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Password (8 to 200 characters): ");
      return typed == null ? "" : new String(typed);
    }
    Scanner piped = new Scanner(System.in, StandardCharsets.UTF_8);
    return piped.hasNextLine() ? piped.nextLine().strip() : "";
  }
}
