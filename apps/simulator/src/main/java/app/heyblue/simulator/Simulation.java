package app.heyblue.simulator;

import app.heyblue.simulator.people.Api;
import app.heyblue.simulator.people.Api.Answer;
import app.heyblue.simulator.people.Person;
import app.heyblue.simulator.people.Town;
import app.heyblue.simulator.streets.Place;
import app.heyblue.simulator.streets.Streets;
import app.heyblue.simulator.streets.TrackFile;
import app.heyblue.simulator.streets.Walker;
import app.heyblue.simulator.streets.Way;
import app.heyblue.simulator.wire.LiveSocket;
import app.heyblue.simulator.wire.PositionText;
import app.heyblue.simulator.wire.SocketLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * People who move about on a running server. Each has a token and a live socket of their own and
 * says over it where they are; civilians who are told of an officer may ask, officers may come and
 * accept. All of them live on one thread, with the sockets.
 */
public final class Simulation {
  private static final double WALKS = 1.4;
  private static final double DRIVES = 20;
  private static final int LOOKS = 8;
  private static final Duration GOODBYES = Duration.ofSeconds(10);
  private static final int REMEMBERED = 100_000;

  private final Options options;
  private final View view;
  private final LongSupplier millis;
  private final SplittableRandom random;
  private final Counts counts = new Counts();
  private final PositionText text = new PositionText();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Actor> actors = new ArrayList<>();
  private final PriorityQueue<Actor> due =
      new PriorityQueue<>(Comparator.comparingLong(actor -> actor.dueAt));
  private final Map<String, Meeting> meetings = new HashMap<>();
  private final Map<Meeting, String> ids = new HashMap<>();
  private final Map<String, Consumer<Meeting>> waiting = new HashMap<>();
  private @Nullable SocketLoop loop;
  private @Nullable Api api;
  private volatile boolean away;
  private volatile boolean leaving;

  /**
   * A simulation that hasn't begun.
   *
   * @param millis the time since 1970 that people's phones show
   */
  public Simulation(Options options, View view, LongSupplier millis) {
    this.options = options;
    this.view = view;
    this.millis = millis;
    this.random = new SplittableRandom(options.seed());
  }

  /** Ends it before its time; {@link #run} returns then. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Runs it to its end.
   *
   * @throws SimulationFailure where it can't begin
   */
  public Standing run() throws InterruptedException {
    try (Api server = new Api(options.server())) {
      api = server;
      place(people(server));
      long begin = System.nanoTime();
      try (SocketLoop running = new SocketLoop(options.server(), random.split(), this::beat)) {
        loop = running;
        running.execute(this::begin);
        watch(begin);
        leave(running);
      }
      Duration time = Duration.ofNanos(System.nanoTime() - begin);
      return counts.standing(time, counts.positions.sum() / (time.toNanos() / 1e9), away);
    }
  }

  private List<Person> people(Api server) {
    AtomicInteger done = new AtomicInteger();
    int all = options.civilians() + options.officers();
    Runnable joined = () -> view.joined(done.incrementAndGet(), all);
    Town town = new Town(server, new SecureRandom());
    List<Person> people = new ArrayList<>(town.people(true, options.officers(), joined));
    people.addAll(town.people(false, options.civilians(), joined));
    return people;
  }

  /** Officers anywhere, civilians where they may meet one. */
  private void place(List<Person> people) {
    List<Way> ways = options.tracks().map(Simulation::read).orElseGet(() -> streets(people.size()));
    List<Place> officers = new ArrayList<>();
    long now = System.nanoTime();
    int number = 0;
    for (Person person : people) {
      Start start = start(ways);
      for (int i = 1; !person.isOfficer() && i < LOOKS; i++) {
        Start other = start(ways);
        start = nearest(other.place(), officers) < nearest(start.place(), officers) ? other : start;
      }
      if (person.isOfficer()) {
        officers.add(start.place());
      }
      Walker walker = new Walker(start.way(), start.number(), person.isOfficer() ? DRIVES : WALKS);
      long first = now + options.every().toNanos() * number++ / people.size();
      actors.add(
          new Actor(this, person, walker, !person.isOfficer() && random.nextBoolean(), first));
    }
  }

  private record Start(Way way, int number) {
    Place place() {
      return way.places().get(number);
    }
  }

  private Start start(List<Way> ways) {
    Way way = ways.get(random.nextInt(ways.size()));
    return new Start(way, random.nextInt(way.places().size()));
  }

  private static double nearest(Place place, List<Place> others) {
    return others.stream().mapToDouble(place::metersTo).min().orElse(0);
  }

  private List<Way> streets(int people) {
    return Streets.ways(random, Math.max(20, people), people);
  }

  private static List<Way> read(Path tracks) {
    try {
      return TrackFile.read(tracks);
    } catch (IOException e) {
      throw new SimulationFailure("The tracks can't be read. " + e.getMessage());
    }
  }

  private void begin() {
    due.addAll(actors);
  }

  private long beat(long nanos) {
    Actor next = due.peek();
    while (next != null && nanos - next.dueAt >= 0) {
      due.remove();
      if (!leaving) {
        next.step(nanos);
      }
      next.dueAt = Math.max(next.dueAt + options.every().toNanos(), nanos);
      due.add(next);
      next = due.peek();
    }
    return next == null ? nanos + TimeUnit.MILLISECONDS.toNanos(20) : next.dueAt;
  }

  private void watch(long begin) throws InterruptedException {
    long end = options.length().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    long before = 0;
    long seen = begin;
    while (System.nanoTime() - begin < end
        && !stop.await(
            Math.clamp(end - (System.nanoTime() - begin), 1, 1_000_000_000),
            TimeUnit.NANOSECONDS)) {
      long now = System.nanoTime();
      long sent = counts.positions.sum();
      double perSecond = (sent - before) / Math.max(1e-3, (now - seen) / 1e9);
      before = sent;
      seen = now;
      view.stands(counts.standing(Duration.ofNanos(now - begin), perSecond, away));
    }
  }

  private void leave(SocketLoop running) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(actors.size());
    running.execute(
        () -> {
          leaving = true;
          actors.forEach(actor -> actor.leave(left::countDown));
        });
    if (!left.await(GOODBYES.toSeconds(), TimeUnit.SECONDS)) {
      view.say("The server didn't take all goodbyes; sharing ends by itself.");
    }
  }

  /** A socket was closed by the other side, or couldn't be opened. */
  void lost(int code, String reason) {
    if (!away && code == LiveSocket.ABNORMAL && !leaving) {
      away = true;
      view.say(
          "The server is away (" + reason + "). Trying again, each time after a longer pause.");
    }
  }

  /** A socket is open and signed in. */
  void found() {
    if (away) {
      away = false;
      view.say("The server is back.");
    }
  }

  /** Asks the server beside, and takes the answer in on the loop's thread. */
  void ask(
      String method,
      String path,
      @Nullable String token,
      @Nullable Object body,
      Consumer<Answer> then) {
    Api server = Objects.requireNonNull(api);
    server.later(method, path, token, body, answer -> loop().execute(() -> took(answer, then)));
  }

  private void took(Answer answer, Consumer<Answer> then) {
    if (answer.status() == 0) {
      lost(LiveSocket.ABNORMAL, "no answer came");
    }
    then.accept(answer);
  }

  void remember(String id, Meeting meeting) {
    if (meetings.size() > REMEMBERED) {
      meetings.clear();
      ids.clear();
      waiting.clear();
    }
    meetings.put(id, meeting);
    ids.put(meeting, id);
    Consumer<Meeting> waits = waiting.remove(id);
    if (waits != null) {
      waits.accept(meeting);
    }
  }

  void whenKnown(String id, Consumer<Meeting> then) {
    Meeting known = meetings.get(id);
    if (known == null) {
      waiting.put(id, then);
    } else {
      then.accept(known);
    }
  }

  @Nullable Meeting known(String id) {
    return meetings.get(id);
  }

  String idOf(Meeting meeting) {
    return Objects.requireNonNull(ids.get(meeting));
  }

  /** Since the last moment at which a dwell that began with a tick was over. */
  double millisSinceDue() {
    return Math.floorMod(
        millis.getAsLong() - options.dwell().toMillis(), options.tick().toMillis());
  }

  /** For how long somebody must have stood still for others alone to have caused an alert. */
  long settled() {
    return options.tick().plus(options.dwell()).plusSeconds(1).toNanos();
  }

  SocketLoop loop() {
    return Objects.requireNonNull(loop);
  }

  Options options() {
    return options;
  }

  Counts counts() {
    return counts;
  }

  PositionText text() {
    return text;
  }

  RandomGenerator random() {
    return random;
  }

  long millis() {
    return millis.getAsLong();
  }
}
