package app.heyblue.siege;

import app.heyblue.testing.town.Api;
import app.heyblue.testing.town.Person;
import app.heyblue.testing.town.ServerProcess;
import app.heyblue.testing.town.Townspeople;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The clients at work on one server, each a thread with a person of its own. */
final class Crowd implements AutoCloseable {
  private static final long PAY = 500;
  private static final int ADMINS_ONE_IN = 10;
  private static final long PATIENCE_SECONDS = 90;

  private final Journal journal = new Journal();
  private final ServerProcess server;
  private final Api api;
  private final Actor admin;
  private final List<Actor> civilians;
  private final List<Actor> officers;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean working = true;
  private volatile boolean leaving;

  private Crowd(
      ServerProcess server, Api api, Actor admin, List<Actor> civilians, List<Actor> officers) {
    this.server = server;
    this.api = api;
    this.admin = admin;
    this.civilians = civilians;
    this.officers = officers;
  }

  /** Has the people join, gives them points, and lets them begin. */
  static Crowd gather(ServerProcess server, int clients, long seed) {
    Api api = new Api(server.address());
    Townspeople town = new Townspeople(api);
    Actor admin =
        new Actor(town.demoId("admin"), town.demoToken("admin"), () -> town.demoToken("admin"));
    town.payForMeetings(admin.token(), PAY);
    int admins = Math.max(1, clients / ADMINS_ONE_IN);
    int officers = Math.max(2, (clients - admins) / 2);
    int civilians = Math.max(1, clients - admins - officers);
    Function<Person, Actor> actor =
        person -> new Actor(person.userId(), person.token(), () -> town.signIn(person).token());
    List<Person> met = town.join("civilian", civilians);
    List<Person> meeting = town.join("officer", officers);
    town.meet(met, meeting);
    Crowd crowd =
        new Crowd(
            server,
            api,
            admin,
            met.stream().map(actor).toList(),
            meeting.stream().map(actor).toList());
    crowd.begin(
        admins,
        seed,
        List.of(town.demoId("charity"), town.demoId("family")),
        town.demoId("merchant"));
    return crowd;
  }

  private void begin(int admins, long seed, List<String> charities, String merchant) {
    int number = 0;
    for (Actor civilian : civilians) {
      Random random = new Random(seed + number++);
      start(new CivilianLife(civilian, wishes(random), charities, merchant));
    }
    for (Actor officer : officers) {
      Random random = new Random(seed + number++);
      start(new OfficerLife(officer, wishes(random), civilians, officers, charities));
    }
    for (int i = 0; i < admins; i++) {
      start(new AdminLife(admin, wishes(new Random(seed + number++)), journal));
    }
  }

  private Wishes wishes(Random random) {
    return new Wishes(new Sender(api, journal, random), random, () -> !leaving);
  }

  private void start(Runnable life) {
    threads.add(
        Thread.ofVirtual()
            .name("siege-client-" + threads.size())
            .start(
                () -> {
                  while (working) {
                    life.run();
                  }
                }));
  }

  /** Lets everybody finish what they have begun, and go. */
  void disperse() {
    working = false;
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      for (Thread thread : threads) {
        thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      }
      leaving = true;
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Journal journal() {
    return journal;
  }

  ServerProcess server() {
    return server;
  }

  Api api() {
    return api;
  }

  Actor admin() {
    return admin;
  }

  List<Actor> people() {
    List<Actor> people = new ArrayList<>(civilians);
    people.addAll(officers);
    return people;
  }

  @Override
  public void close() {
    working = false;
    leaving = true;
    api.close();
  }
}
