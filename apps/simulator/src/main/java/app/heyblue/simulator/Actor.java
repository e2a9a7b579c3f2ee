package app.heyblue.simulator;

import app.heyblue.kernel.Json;
import app.heyblue.simulator.people.Api.Answer;
import app.heyblue.simulator.people.Person;
import app.heyblue.simulator.streets.Place;
import app.heyblue.simulator.streets.Walker;
import app.heyblue.simulator.wire.LiveSocket;
import app.heyblue.simulator.wire.SocketListener;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One person with a phone, who lives on the loop's thread. */
final class Actor implements SocketListener {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 4;
  private static final Duration SHARES = Duration.ofMinutes(13);
  private static final long RENEW_MILLIS = 120_000;
  private static final double LONGEST_STEP = 10;
  private static final double OFFICER_HURRIES = 25;
  private static final double CIVILIAN_HURRIES = 2;
  private static final double TOGETHER_METERS = 10;
  private static final int ACCURACY = 8;
  private static final int SIGNED_OUT = 4401;

  private final Simulation world;
  private final Person person;
  private final Walker walker;
  private final boolean rests;

  private @Nullable LiveSocket socket;
  private boolean welcome;
  private boolean busy;
  private @Nullable String access;
  private @Nullable String refresh;
  private long renewAt;
  private long tryAt;
  private int failures;
  private boolean sharing;
  private long shareAt;
  private long steppedAt;
  private long standsSince;
  private @Nullable Meeting meeting;

  /** When {@link #step} is due. */
  long dueAt;

  Actor(Simulation world, Person person, Walker walker, boolean rests, long firstStep) {
    this.world = world;
    this.person = person;
    this.walker = walker;
    this.rests = rests;
    this.dueAt = firstStep;
    this.tryAt = firstStep;
    this.shareAt = firstStep;
    this.steppedAt = firstStep;
    this.standsSince = firstStep;
  }

  private Place place() {
    return walker.place();
  }

  /** What is to be done each time. */
  void step(long nanos) {
    double seconds = Math.min((nanos - steppedAt) / 1e9, LONGEST_STEP);
    steppedAt = nanos;
    if (busy) {
      return;
    }
    LiveSocket wire = socket;
    if (wire == null) {
      connect(nanos);
    } else if (welcome) {
      renew();
      share(nanos);
      move(nanos, seconds);
      say(wire);
      meet(nanos);
    }
  }

  private void connect(long nanos) {
    if (nanos - tryAt < 0) {
      return;
    }
    if (access == null) {
      ask("POST", person.signInPath(), null, person.credentials(), this::signedIn);
    } else {
      socket = world.loop().open(this);
    }
  }

  private void signedIn(Answer answer) {
    if (answer.isSuccess()) {
      failures = 0;
      access = answer.body().path("accessToken").asText();
      refresh = answer.body().path("refreshToken").asText();
      renewAt = world.millis() + 1000 * answer.body().path("expiresIn").asLong() - RENEW_MILLIS;
      LiveSocket wire = socket;
      if (wire != null) {
        showToken(wire);
      } else {
        socket = world.loop().open(this);
      }
      return;
    }
    access = null;
    refresh = null;
    later();
    if (answer.status() != 503) {
      world.counts().refusal(answer);
    }
  }

  private void renew() {
    String token = refresh;
    if (token != null && world.millis() >= renewAt) {
      refresh = null;
      ask("POST", "/sessions/refresh", null, Map.of("refreshToken", token), this::renewed);
    }
  }

  private void renewed(Answer answer) {
    if (answer.status() == 0 || answer.status() == 503) {
      later();
    }
    if (answer.isSuccess()) {
      signedIn(answer);
    } else {
      // Its answer may be lost, and a refresh token is good once.
      ask("POST", person.signInPath(), null, person.credentials(), this::signedIn);
    }
  }

  private void later() {
    long pause = FIRST_PAUSE.toNanos() << Math.min(failures, MOST_DOUBLINGS);
    failures++;
    tryAt = System.nanoTime() + pause + world.random().nextLong(pause);
  }

  private void share(long nanos) {
    if (person.isOfficer() && nanos - shareAt >= 0) {
      shareAt = nanos + SHARES.toNanos();
      ask("PUT", "/sharing", access, Map.of("on", true), this::shared);
    }
  }

  private void shared(Answer answer) {
    sharing = answer.isSuccess();
    if (!sharing) {
      world.counts().refusal(answer);
      later();
      shareAt = tryAt;
    }
  }

  private void move(long nanos, double seconds) {
    Meeting now = meeting;
    if (now != null && now.isOver(nanos)) {
      meeting = null;
      now = null;
    }
    Actor officer = now == null ? null : now.officer;
    if (now != null && officer != null && person.isOfficer()) {
      walker.goTo(now.civilian.place(), OFFICER_HURRIES * seconds);
    } else if (officer != null) {
      walker.goTo(officer.place(), CIVILIAN_HURRIES * seconds);
      standsSince = nanos;
    } else if (!rests) {
      walker.goOn(seconds);
      standsSince = nanos;
    }
  }

  private void say(LiveSocket wire) {
    if (!person.isOfficer() || sharing) {
      world.text().write(place().latitude(), place().longitude(), ACCURACY, world.millis());
      world.text().sendTo(wire);
      world.counts().positions.increment();
    }
  }

  /** An officer accepts when both phones have told that they are there. */
  private void meet(long nanos) {
    Meeting now = meeting;
    if (now == null || !person.isOfficer() || now.acceptedAt != 0) {
      return;
    }
    if (now.arrived) {
      now.acceptedAt = nanos;
      ask(
          "POST",
          "/encounters/" + world.idOf(now) + "/acceptance",
          access,
          null,
          answer -> accepted(now, answer));
    } else {
      now.arrived = place().metersTo(now.civilian.place()) <= TOGETHER_METERS;
    }
  }

  private void accepted(Meeting over, Answer answer) {
    if (answer.isSuccess()) {
      world.counts().accepted.increment();
    } else if (answer.status() == 404) {
      world.counts().answer("too-late");
    } else {
      world.counts().refusal(answer);
    }
    if (meeting == over) {
      meeting = null;
    }
  }

  @Override
  public void opened(LiveSocket wire) {
    showToken(wire);
  }

  private void showToken(LiveSocket wire) {
    wire.send("{\"token\":\"" + access + "\"}");
  }

  @Override
  public void closed(LiveSocket wire, int code, String reason) {
    if (socket == wire) {
      if (welcome) {
        world.counts().sockets.decrementAndGet();
      }
      socket = null;
      welcome = false;
      sharing = false;
      shareAt = System.nanoTime();
      if (code == SIGNED_OUT) {
        access = null;
      } else if (code >= 4000) {
        world.counts().error("closed-" + code);
      }
      later();
      world.lost(code, reason);
    }
  }

  @Override
  public void received(LiveSocket wire, ByteBuffer text) {
    byte[] bytes = new byte[text.remaining()];
    text.get(bytes);
    try {
      JsonNode message = Json.mapper().readTree(bytes);
      switch (message.path("type").asText()) {
        case "welcome" -> welcomed();
        case "officerNearby" -> alerted(message.path("officerRef").asText());
        case "encounterRequested" -> requested(message.path("id").asText());
        case "encounterConfirmed" -> celebrated(message);
        case "sharingEnded" -> {
          sharing = false;
          shareAt = System.nanoTime();
        }
        case "problem" -> told(message.path("problem"));
        default -> {
          // Balances, and what may come later.
        }
      }
    } catch (IOException e) {
      world.counts().error("unreadable-message");
    }
  }

  private void welcomed() {
    if (!welcome) {
      welcome = true;
      failures = 0;
      world.counts().sockets.incrementAndGet();
      world.found();
    }
  }

  private void told(JsonNode problem) {
    Answer answer = new Answer(problem.path("status").asInt(), problem);
    if (answer.problem().equals("not-sharing")) {
      // Sharing ended a moment ago.
      world.counts().answer(answer.problem());
      shareAt = System.nanoTime();
    } else {
      world.counts().error(answer.problem());
    }
  }

  private void alerted(String officerRef) {
    long nanos = System.nanoTime();
    world.counts().alerts.increment();
    if (rests && nanos - standsSince > world.settled()) {
      world.counts().alert.add(world.millisSinceDue());
    }
    if (meeting == null && world.random().nextDouble() < world.options().asks()) {
      Meeting asked = new Meeting(this, nanos);
      meeting = asked;
      world.ask(
          "POST",
          "/encounters",
          access,
          Map.of("officerRef", officerRef),
          answer -> asked(asked, answer));
    }
  }

  private void asked(Meeting asked, Answer answer) {
    if (answer.isSuccess()) {
      world.counts().asked.increment();
      world.remember(answer.body().path("id").asText(), asked);
    } else {
      world.counts().refusal(answer);
      if (meeting == asked) {
        meeting = null;
      }
    }
  }

  /** The asker's own answer may come after this. */
  private void requested(String id) {
    double fate = world.random().nextDouble();
    boolean free = meeting == null;
    if (free && fate < world.options().accepts()) {
      world.whenKnown(
          id,
          known -> {
            if (meeting == null) {
              known.officer = this;
              meeting = known;
            }
          });
    } else if (fate >= 1 - world.options().refuses()) {
      world.ask(
          "POST",
          "/encounters/" + id + "/refusal",
          access,
          null,
          answer -> {
            if (answer.isSuccess()) {
              world.counts().refused.increment();
            } else {
              world.counts().refusal(answer);
            }
          });
    }
  }

  private void celebrated(JsonNode message) {
    long nanos = System.nanoTime();
    world.counts().points.add(message.path("points").asLong());
    Meeting known = world.known(message.path("id").asText());
    if (known != null && known.acceptedAt != 0) {
      world.counts().acceptance.add((nanos - known.acceptedAt) / 1e6);
    }
    if (!person.isOfficer()) {
      world.counts().confirmed.increment();
      if (known != null) {
        world.counts().celebration.add((nanos - known.askedAt) / 1e6);
      }
      meeting = null;
      standsSince = nanos;
    }
  }

  /** The last thing: an officer isn't shown any longer. */
  void leave(Runnable left) {
    LiveSocket wire = socket;
    if (person.isOfficer() && sharing) {
      world.ask("PUT", "/sharing", access, Map.of("on", false), answer -> left.run());
    } else {
      left.run();
    }
    socket = null;
    if (wire != null) {
      wire.close();
    }
  }

  private void ask(
      String method,
      String path,
      @Nullable String token,
      @Nullable Object body,
      java.util.function.Consumer<Answer> then) {
    busy = true;
    world.ask(
        method,
        path,
        token,
        body,
        answer -> {
          busy = false;
          then.accept(answer);
        });
  }
}
