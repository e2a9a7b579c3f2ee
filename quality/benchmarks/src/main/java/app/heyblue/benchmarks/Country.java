package app.heyblue.benchmarks;

import app.heyblue.benchmarks.BadgeOffice.Badge;
import app.heyblue.simulator.wire.LiveSocket;
import app.heyblue.simulator.wire.PositionText;
import app.heyblue.simulator.wire.SocketListener;
import app.heyblue.simulator.wire.SocketLoop;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A country's people with their sockets, on one thread. Civilians stay in districts that lie far
 * from each other; officers come to a district one after the other, each between two ticks of the
 * slow clock, and stay: so it's known to which tick each alert belongs, and how many there are.
 */
final class Country implements AutoCloseable {
  private static final int OPENING_AT_ONCE = 128;
  private static final double CELLS_APART = 0.2;
  private static final int DISTRICTS_A_ROW = 100;

  private static final byte[] ALERT =
      "{\"type\":\"officerNearby\"".getBytes(StandardCharsets.US_ASCII);

  private final List<Phone> phones = new ArrayList<>();
  private final int officers;
  private final int districts;
  private final Duration tick;
  private final int ticks;
  private final SplittableRandom random = new SplittableRandom(7);
  private final PositionText text = new PositionText();
  private final SocketLoop loop;
  private final CountDownLatch open;
  private final AtomicLong problems = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private int opened;

  // Of the loop's thread, read by others when it's at rest.
  private double perNano;
  private long sendingSince;
  private long sentSince;
  private int turn;
  private long firstTick = Long.MAX_VALUE;
  private final LongAdder sent = new LongAdder();
  private volatile long worstLag;
  private final AtomicLong alerts = new AtomicLong();
  private volatile double[] latencies = {};

  /**
   * Begins to open the sockets.
   *
   * @param tick of the slow clock
   * @param ticks at which officers come; as many at each
   */
  Country(
      URI server,
      List<Badge> officers,
      List<Badge> civilians,
      int districts,
      Duration tick,
      int ticks) {
    this.officers = officers.size();
    this.districts = districts;
    this.tick = tick;
    this.ticks = ticks;
    // Mixed, so that each moment has as many officers' positions as any other.
    for (int i = 0; i < officers.size(); i++) {
      phones.add(new Phone(officers.get(i).token(), i, true));
    }
    for (int i = 0; i < civilians.size(); i++) {
      phones.add(new Phone(civilians.get(i).token(), i, false));
    }
    Collections.shuffle(phones, new Random(7));
    open = new CountDownLatch(phones.size());
    loop = new SocketLoop(server, random.split(), this::beat);
    loop.execute(() -> openSome(OPENING_AT_ONCE));
  }

  /** One person's phone. */
  private final class Phone implements SocketListener {
    private final String token;
    private final int number;
    private final boolean officer;
    private final double latitude;
    private final double longitude;
    private @Nullable LiveSocket socket;
    private int alerted;

    Phone(String token, int number, boolean officer) {
      this.token = token;
      this.number = number;
      this.officer = officer;
      int district = number % districts;
      int row = district / DISTRICTS_A_ROW;
      this.latitude = 26 + CELLS_APART * row + random.nextDouble(-5e-4, 5e-4);
      this.longitude =
          -120 + CELLS_APART * (district % DISTRICTS_A_ROW) + random.nextDouble(-5e-4, 5e-4);
    }

    void say(long millis) {
      LiveSocket wire = socket;
      if (wire == null || !wire.isOpen()) {
        return;
      }
      boolean away = officer && millis < comes(number) - tick.toMillis() / 2;
      text.write(away ? 60 : latitude, longitude, 8, millis);
      text.sendTo(wire);
      sent.increment();
    }

    @Override
    public void opened(LiveSocket wire) {
      wire.send("{\"token\":\"" + token + "\"}");
    }

    @Override
    public void received(LiveSocket wire, ByteBuffer message) {
      if (isAlert(message)) {
        alerted();
      } else if (StandardCharsets.UTF_8.decode(message).toString().contains("\"welcome\"")) {
        welcomed();
      } else {
        problems.incrementAndGet();
      }
    }

    /** By its beginning, since there are many. */
    private static boolean isAlert(ByteBuffer message) {
      return message.remaining() > ALERT.length
          && message.slice(message.position(), ALERT.length).equals(ByteBuffer.wrap(ALERT));
    }

    /** The n-th alert is of the n-th officer who comes to the district. */
    private void alerted() {
      long comes = comes(number % districts + districts * alerted++);
      int count = (int) alerts.getAndIncrement();
      if (count < latencies.length) {
        latencies[count] = System.currentTimeMillis() - comes;
      }
    }

    private void welcomed() {
      open.countDown();
      openSome(1);
    }

    @Override
    public void closed(LiveSocket wire, int code, String reason) {
      if (closed.getAndIncrement() == 0) {
        Bench.say("a socket was closed: %d %s", code, reason);
      }
    }
  }

  private void openSome(int count) {
    for (int i = 0; i < count && opened < phones.size(); i++) {
      Phone phone = phones.get(opened++);
      phone.socket = loop.open(phone);
    }
  }

  /** Waits until all are open and signed in. */
  void awaitOpen() throws InterruptedException {
    while (!open.await(10, TimeUnit.SECONDS)) {
      Bench.say("%d sockets are yet to be opened …", open.getCount());
      if (closed.get() > 0) {
        throw new IllegalStateException(closed.get() + " sockets were closed");
      }
    }
  }

  /** The tick at which the officer of a number is seen first in the district. */
  private long comes(int number) {
    return firstTick == Long.MAX_VALUE
        ? firstTick
        : firstTick + tick.toMillis() * ((long) number * ticks / officers);
  }

  /** Sends so many positions a second from now on; officers come from the next tick but one on. */
  void send(int perSecond, boolean come) {
    loop.execute(
        () -> {
          perNano = perSecond / 1e9;
          sendingSince = System.nanoTime();
          sentSince = 0;
          worstLag = 0;
          if (come) {
            long now = System.currentTimeMillis();
            firstTick = (now / tick.toMillis() + 2) * tick.toMillis();
          }
        });
  }

  /** Begins to measure alerts anew. */
  void measure(int most) {
    loop.execute(
        () -> {
          latencies = new double[most];
          alerts.set(0);
          worstLag = 0;
        });
  }

  private long beat(long nanos) {
    long due = (long) ((nanos - sendingSince) * perNano);
    if (perNano > 0) {
      worstLag = Math.max(worstLag, (long) ((due - sentSince) / perNano));
    }
    long millis = System.currentTimeMillis();
    // Not all at once after a pause, so that what comes is read as well.
    for (int i = 0; i < 500 && sentSince < due; i++) {
      phones.get(turn).say(millis);
      turn = turn + 1 == phones.size() ? 0 : turn + 1;
      sentSince++;
    }
    return nanos + 1_000_000;
  }

  long sent() {
    return sent.sum();
  }

  long problems() {
    return problems.get();
  }

  long closed() {
    return closed.get();
  }

  /** By how much the generator was behind at most, in milliseconds. */
  double worstLagMillis() {
    return worstLag / 1e6;
  }

  /** From the tick to the alert, in milliseconds. */
  double[] latencies() {
    return Arrays.copyOf(latencies, (int) Math.min(alerts.get(), latencies.length));
  }

  @Override
  public void close() {
    loop.close();
  }
}
