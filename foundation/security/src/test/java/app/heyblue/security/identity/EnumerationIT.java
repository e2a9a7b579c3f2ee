package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.postgres.Database;
import app.heyblue.security.House;
import app.heyblue.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever asks about an address learns nothing about it: not by the answer, and not by the time,
 * since the same work is done: as many hashes, and the same statements in the same order.
 */
class EnumerationIT {
  private static final String KNOWN = "ada@example.org";
  private static final String UNKNOWN = "bob@example.org";
  private static final String NOT_ENABLED = "new@example.org";
  @TempDir Path home;
  private final AtomicInteger hashes = new AtomicInteger();
  private final List<String> statements = new ArrayList<>();
  private Desk desk;

  @BeforeEach
  void open() {
    House house =
        House.over(new Database(watched(TestDatabase.open("security").dataSource())), home);
    desk =
        new Desk(
            house,
            new Passwords(new BreachedPasswords(house.config), house.random) {
              @Override
              <T> T bounded(Supplier<T> work) {
                hashes.incrementAndGet();
                return super.bounded(work);
              }
            });
    desk.enabled(PartyKind.CIVILIAN, KNOWN);
    desk.created(PartyKind.CIVILIAN, NOT_ENABLED);
    // What is read once and kept.
    work(UNKNOWN, "any", "any");
  }

  @Test
  void aWrongPasswordIsTheSameWorkAndAnswerWhoeverTheAddressBelongsTo() {
    Work unknown = work(UNKNOWN, "a wrong one", "a strange device");
    assertThat(unknown.hashes()).isEqualTo(1);
    assertThat(unknown.statements()).isNotEmpty();
    assertThat(work(KNOWN, "a wrong one", "a strange device")).isEqualTo(unknown);
    assertThat(work(NOT_ENABLED, "a wrong one", "a strange device")).isEqualTo(unknown);
    // The right password of an account that may not sign in yet.
    assertThat(work(NOT_ENABLED, Desk.PASSWORD, "a strange device")).isEqualTo(unknown);
  }

  @Test
  void theOwnersDeviceIsTheSameWorkAsAnyOther() {
    assertThat(work(KNOWN, "a wrong one", Desk.DEVICE))
        .isEqualTo(work(UNKNOWN, "a wrong one", "a strange device"));
  }

  @Test
  void aPausedAddressIsTheSameWorkAndAnswerWhoeverItBelongsTo() {
    desk.house.request.from(null, "203.0.113.9");
    for (int i = 0; i < 10; i++) {
      work(UNKNOWN, "a wrong one", "a strange device");
      work(KNOWN, "a wrong one", "a strange device");
    }
    Work unknown = work(UNKNOWN, "a wrong one", "a strange device");
    assertThat(unknown.status()).isEqualTo(429);
    assertThat(unknown.hashes()).as("a flood costs no hashes").isZero();
    assertThat(work(KNOWN, Desk.PASSWORD, "a strange device")).isEqualTo(unknown);
  }

  private record Work(int status, String detail, int hashes, List<String> statements) {}

  private Work work(String email, String password, String device) {
    hashes.set(0);
    statements.clear();
    try {
      desk.provider.signIn(email, password, device);
      throw new AssertionError("signed in");
    } catch (ProblemException e) {
      return new Work(e.type().status(), e.detail(), hashes.get(), List.copyOf(statements));
    }
  }

  /** The source, noting each statement that is prepared on its connections. */
  private DataSource watched(DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              Object answer = call(source, method, arguments);
              return answer instanceof Connection connection ? watched(connection) : answer;
            });
  }

  private Connection watched(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("prepareStatement")) {
                statements.add((String) arguments[0]);
              }
              return call(connection, method, arguments);
            });
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
