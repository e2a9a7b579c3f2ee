package app.heyblue.postgres;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL is and who signs in there, in the terms of the JDBC driver.
 *
 * @param jdbcUrl the address, without user and password
 * @param password empty where none is given
 */
public record DatabaseUrl(String jdbcUrl, String user, String password) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:postgresql|postgresql|postgres)://(?:(?<who>[^@/?#]*)@)?"
              + "(?<hosts>[^@/?#]*)(?:/(?<database>[^/?#]*))?(?:\\?(?<parameters>[^#]*))?");
  private static final Pattern HOSTS =
      Pattern.compile("(?:^|,)(?:\\[[0-9A-Fa-f:.]+]|[^\\[\\]:,]+)(?::[0-9]{1,5})?(?=,|$)");

  /** Parameters of libpq's that the JDBC driver has under another name. */
  private static final Map<String, String> NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "channel_binding", "channelBinding");

  /**
   * Reads {@code postgresql://user:password@host:port/database?sslmode=…}, as PostgreSQL's own
   * programs take it (chapter "Connection URIs" of libpq), or the JDBC driver's form.
   *
   * @throws StartupFailure with a sentence that doesn't show the password
   */
  public static DatabaseUrl parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw wrong("it isn't of that form");
    }
    boolean jdbc = form.group().startsWith("jdbc:");
    Map<String, String> parameters = parameters(form.group("parameters"), jdbc);
    String[] who = Objects.requireNonNullElse(form.group("who"), "").split(":", 2);
    String user = parameters.remove("user");
    String password = parameters.remove("password");
    user = user == null ? decode(who[0], jdbc) : user;
    password = password == null ? (who.length > 1 ? decode(who[1], jdbc) : "") : password;
    String hosts = Objects.requireNonNullElse(form.group("hosts"), "");
    if (!HOSTS.matcher(hosts).replaceAll("").isEmpty() || hosts.isEmpty()) {
      throw wrong("it names no host");
    }
    if (user.isEmpty()) {
      throw wrong("it names no user");
    }
    String database = decode(Objects.requireNonNullElse(form.group("database"), ""), jdbc);
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.forEach((name, value) -> query.add(encode(name) + "=" + encode(value)));
    return new DatabaseUrl(
        "jdbc:postgresql://" + hosts + "/" + encode(database.isEmpty() ? user : database) + query,
        user,
        password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }

  private static Map<String, String> parameters(
      @org.jspecify.annotations.Nullable String text, boolean jdbc) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) {
      return parameters;
    }
    for (String parameter : text.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals < 1) {
        throw wrong("a parameter in it has no value");
      }
      String name = decode(parameter.substring(0, equals), jdbc);
      parameters.put(NAMES.getOrDefault(name, name), decode(parameter.substring(equals + 1), jdbc));
    }
    return parameters;
  }

  /** The JDBC driver takes a plus sign for a blank, libpq for itself. */
  private static String decode(String text, boolean jdbc) {
    try {
      return URLDecoder.decode(jdbc ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong("a percent sign in it isn't followed by two hexadecimal digits");
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static StartupFailure wrong(String what) {
    return new StartupFailure(
        "HEYBLUE_DATABASE_URL must be like postgresql://user:password@host:5432/database, but "
            + what
            + ".");
  }
}
