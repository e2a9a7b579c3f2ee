package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import app.heyblue.security.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NothingPersonalInClearIT {
  @TempDir Path home;

  @Test
  void noTableOfTheRoomHoldsAnythingPersonalOrSecret() throws Exception {
    Desk desk = new Desk(House.over(home));
    House house = desk.house;
    UserId ada = desk.enabled(PartyKind.CIVILIAN, "Ada.Lovelace@Example.org");
    Session session = desk.signIn("ada.lovelace@example.org");
    house.request.from(new Caller(ada, PartyKind.CIVILIAN, house.ids.next()), "203.0.113.77");
    Session next = desk.sessions.refresh(session.refreshToken());
    assertThatThrownBy(() -> desk.provider.signIn("ada.lovelace@example.org", "wrong horse", "dev"))
        .isInstanceOf(ProblemException.class);
    desk.provider.relinkDevice(ada, "device-two");

    byte[] master =
        Base64.getDecoder().decode(Files.readString(home.resolve("keys/master.key")).strip());
    String everything = house.database.read(NothingPersonalInClearIT::dump);

    assertThat(everything).contains("argon2id").contains("session.opened").contains("relinked");
    for (String secret :
        List.of(
            "lovelace",
            "example.org",
            Desk.PASSWORD,
            "wrong horse",
            Desk.DEVICE,
            "device-two",
            "203.0.113",
            session.refreshToken(),
            next.refreshToken(),
            session.accessToken())) {
      assertAbsent(everything, secret.getBytes(StandardCharsets.UTF_8));
      assertThat(everything).doesNotContain(secret.toLowerCase(Locale.ROOT));
    }
    for (byte[] key :
        List.of(
            master,
            house.keys.symmetric("email-fingerprints").getEncoded(),
            house.keys.p256("access-tokens").getPrivate().getEncoded())) {
      assertAbsent(everything, key);
    }
  }

  /** Neither as hexadecimal digits, as bytea columns show it, nor in base64. */
  private static void assertAbsent(String everything, byte[] secret) {
    assertThat(everything).doesNotContain(HexFormat.of().formatHex(secret));
    assertThat(everything)
        .doesNotContain(Base64.getEncoder().encodeToString(secret).toLowerCase(Locale.ROOT));
  }

  /** All rows of all tables of the room as text in lower case, bytes in hexadecimal digits. */
  private static String dump(Handle tx) {
    StringBuilder all = new StringBuilder();
    List<String> tables =
        tx.createQuery(
                """
                select table_name from information_schema.tables
                where table_schema = 'security' and table_name not like 'flyway%'
                """)
            .mapTo(String.class)
            .list();
    assertThat(tables).hasSizeGreaterThan(7);
    for (String table : tables) {
      for (Map<String, Object> row :
          tx.createQuery("select t::text as row from security." + table + " t").mapToMap()) {
        all.append(row.get("row")).append('\n');
      }
    }
    return all.toString().toLowerCase(Locale.ROOT);
  }
}
