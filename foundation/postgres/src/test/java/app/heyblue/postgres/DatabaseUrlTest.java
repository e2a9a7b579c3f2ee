package app.heyblue.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      textBlock =
          """
          postgresql://ann:secret@db.example:5433/hb | jdbc:postgresql://db.example:5433/hb | ann | secret
          postgres://ann:secret@db/hb?sslmode=verify-full | jdbc:postgresql://db/hb?sslmode=verify-full | ann | secret
          postgresql://ann@db | jdbc:postgresql://db/ann | ann | ''
          postgresql://ann@db/ | jdbc:postgresql://db/ann | ann | ''
          postgresql://ann:a%40b%3Ac%2Fd@db/hb | jdbc:postgresql://db/hb | ann | a@b:c/d
          postgresql://ann:p+%2B%25@db/h+b%20c | jdbc:postgresql://db/h%2Bb+c | ann | p++%
          postgresql://a%C3%AFda:%E2%82%AC@db/hb | jdbc:postgresql://db/hb | aïda | €
          postgresql://ann:x:y@db/hb | jdbc:postgresql://db/hb | ann | x:y
          postgresql://ann:@db/hb | jdbc:postgresql://db/hb | ann | ''
          postgresql://ann:s@[::1]:5432/hb | jdbc:postgresql://[::1]:5432/hb | ann | s
          postgresql://ann:s@one:5432,two_2:5433/hb | jdbc:postgresql://one:5432,two_2:5433/hb | ann | s
          postgresql://db/hb?user=ann&password=s%26t | jdbc:postgresql://db/hb | ann | s&t
          postgresql://ann:s@db/hb?application_name=hey+blue&connect_timeout=3 | jdbc:postgresql://db/hb?ApplicationName=hey%2Bblue&connectTimeout=3 | ann | s
          jdbc:postgresql://db:5432/hb?user=ann&password=a+b&ssl=true | jdbc:postgresql://db:5432/hb?ssl=true | ann | a b
          """)
  void readsWhatPostgresAndItsDriverRead(
      String text, String jdbcUrl, String user, String password) {
    assertThat(DatabaseUrl.parse(text)).isEqualTo(new DatabaseUrl(jdbcUrl, user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://ann:hunter2@db/hb",
        "postgresql:ann:hunter2@db",
        "postgresql://ann:hunter2@/hb",
        "postgresql://db/hb",
        "postgresql://ann:hunter2@db:port/hb",
        "postgresql://ann:hunter2@db/hb/more",
        "postgresql://ann:hunter2%zz@db/hb",
        "postgresql://ann:hunter2@db/hb?sslmode",
        "postgresql://ann:hunter2@x@db/hb",
        "jdbc:postgresql:hb?user=ann&password=hunter2"
      })
  void refusesAnythingElseWithoutShowingThePassword(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(StartupFailure.class)
        .hasMessageStartingWith("HEYBLUE_DATABASE_URL must be like postgresql://")
        .hasMessageNotContaining("hunter2");
  }

  @Property
  void keepsAnyUserAndPassword(
      @ForAll @StringLength(min = 1, max = 20) @CharRange(from = ' ', to = '\u04ff') String user,
      @ForAll @StringLength(max = 20) @CharRange(from = ' ', to = '\u04ff') String password) {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://" + encode(user) + ":" + encode(password) + "@db/hb");

    assertThat(url.user()).isEqualTo(user);
    assertThat(url.password()).isEqualTo(password);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
