package app.heyblue.notifications.live;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.LiveHandler;
import app.heyblue.security.Caller;
import app.heyblue.security.GoodToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One connection. What comes in is handled by its event loop, one message after the other; while a
 * token is checked, nothing more is read. Others may send and close from any thread.
 */
final class LiveSocket {
  private static final Logger LOG = Logger.getLogger(LiveSocket.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Of messages that are refused as unreadable or unknown, within a minute. */
  private static final int MOST_BAD = 20;

  private static final Duration UNREAD_FOR = Duration.ofSeconds(10);
  private static final Duration PART_FOR = Duration.ofSeconds(20);
  private static final int MOST_UNSENT = 64 * 1024;
  private static final int LONGEST_TOKEN = 8192;
  private static final int LONGEST_DEVICE = 100;
  private static final Buffer NOTHING = Buffer.buffer();

  private final ServerWebSocket wire;
  private final Context loop;
  private final LiveSockets house;
  private final Allowance messages;
  private final Allowance bad;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final long openedAt = System.nanoTime();
  private volatile @Nullable Buffer part;
  private volatile long partSince;
  private volatile @Nullable GoodToken token;

  /** Kept only where the token must be shown to its issuer again. */
  private volatile @Nullable Shown shown;

  /** Whether a token is being checked, one at a time; for the event loop. */
  private boolean checking;

  private volatile boolean answered = true;
  private volatile long drainedAt = openedAt;

  /** Since it was seen last that everything had been taken; asking the wire costs a lock. */
  private volatile boolean written;

  /** A token as it came. */
  private record Shown(String token, Optional<String> deviceId) {
    @Override
    public String toString() {
      return "Shown";
    }
  }

  LiveSocket(ServerWebSocket wire, Context loop, LiveSockets house) {
    this.wire = wire;
    this.loop = loop;
    this.house = house;
    this.messages = new Allowance(house.messagesPerMinute(), MINUTE, openedAt);
    this.bad = new Allowance(MOST_BAD, MINUTE, openedAt);
  }

  void open() {
    wire.setWriteQueueMaxSize(MOST_UNSENT);
    wire.frameHandler(this::received);
    wire.pongHandler(pong -> answered = true);
    wire.closeHandler(ignored -> gone());
    wire.exceptionHandler(this::broken);
  }

  /** Who is connected; null before the first token is found good. */
  @Nullable Caller caller() {
    GoodToken good = token;
    return good == null ? null : good.caller();
  }

  /** Sends a message, or gives the reader up who doesn't take what was sent before. */
  void send(String text) {
    if (closed.get()) {
      return;
    }
    try {
      if (wire.writeQueueFull()) {
        close(Closing.UNREAD);
      } else {
        written = true;
        var _ = wire.writeTextMessage(text);
      }
    } catch (IllegalStateException e) {
      gone(); // closed meanwhile
    }
  }

  void close(Closing why) {
    if (leave() && !wire.isClosed()) {
      house.meters().closed(why);
      var _ = wire.close(why.code(), why.reason());
    }
  }

  /** Once a second: ends what has had its time. */
  void tick(Instant now, long nanos, boolean ping) {
    GoodToken good = token;
    if (good == null) {
      if (nanos - openedAt > house.patience().toNanos()) {
        close(Closing.SILENT);
      }
    } else if (!house.tokens().holds(good)) {
      close(Closing.SIGNED_OUT);
    } else if (!now.isBefore(good.checkAt())) {
      loop.runOnContext(ignored -> checkAgain());
    }
    if (!closed.get()) {
      try {
        watch(nanos, ping);
      } catch (IllegalStateException e) {
        gone(); // closed meanwhile
      }
    }
  }

  private void watch(long nanos, boolean ping) {
    if (!written) {
      drainedAt = nanos;
    } else if (!wire.writeQueueFull()) {
      written = false;
      drainedAt = nanos;
    } else if (nanos - drainedAt > UNREAD_FOR.toNanos()) {
      close(Closing.UNREAD);
      return;
    }
    if (ping && !answered || part != null && nanos - partSince > PART_FOR.toNanos()) {
      close(Closing.SILENT); // half a message might hold a place, and isn't kept for long
    } else if (ping) {
      answered = false;
      written = true;
      var _ = wire.writePing(NOTHING);
    }
  }

  private void received(WebSocketFrame frame) {
    if (closed.get() || frame.isClose() || frame.type() == WebSocketFrameType.PONG) {
      return;
    }
    if (!messages.take(System.nanoTime())) {
      close(Closing.TOO_MANY);
      return;
    }
    if (frame.isBinary()) {
      refuse(CommonProblems.MALFORMED.raise("Messages are text."));
    } else if (frame.isText() || (frame.isContinuation() && part != null)) {
      Buffer whole = whole(frame);
      if (whole != null) {
        message(whole.getBytes());
      }
    } // the rest of what was refused, or a ping, which the framework answers and we count
  }

  /** The message that a frame ends; null while more of it is to come. */
  private @Nullable Buffer whole(WebSocketFrame frame) {
    Buffer before = part;
    if (before == null && frame.isFinal()) {
      return frame.binaryData();
    }
    Buffer all = before == null ? Buffer.buffer() : before;
    partSince = before == null ? System.nanoTime() : partSince;
    if (all.length() + frame.binaryData().length() > Frames.LONGEST) {
      close(Closing.TOO_LARGE);
      return null;
    }
    all.appendBuffer(frame.binaryData());
    part = frame.isFinal() ? null : all;
    return frame.isFinal() ? all : null;
  }

  private void message(byte[] text) {
    try {
      JsonNode message = Frames.read(text);
      JsonNode sent = message.get("token");
      if (sent != null) {
        sign(message, sent);
        return;
      }
      GoodToken good = token;
      if (good == null) {
        close(Closing.NO_TOKEN);
      } else if (!house.tokens().holds(good)) {
        close(Closing.SIGNED_OUT);
      } else {
        handle(good.caller(), message);
      }
    } catch (ProblemException e) {
      if (token == null) {
        close(Closing.NO_TOKEN);
      } else {
        refuse(e);
      }
    }
  }

  private void handle(Caller caller, JsonNode message) {
    if (message.size() != 1) {
      throw Frames.unknown();
    }
    Map.Entry<String, JsonNode> only = message.properties().iterator().next();
    LiveHandler handler = house.handler(only.getKey());
    if (handler == null) {
      throw Frames.unknown();
    }
    house.meters().received();
    try {
      handler.received(caller, only.getValue());
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.errorf( // without its message, which may quote a place
          "A message of the live socket failed unexpectedly: %s at %s",
          e.getClass().getName(), e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]);
      throw CommonProblems.INTERNAL.raise(CommonProblems.INTERNAL.explanation());
    }
  }

  private void refuse(ProblemException problem) {
    house.meters().refused();
    if (problem.type().status() == 400 && !bad.take(System.nanoTime())) {
      close(Closing.TOO_MANY);
    } else {
      send(Frames.problem(problem));
    }
  }

  private void sign(JsonNode message, JsonNode sent) {
    JsonNode device = message.get("deviceId");
    if (message.size() != (device == null ? 1 : 2)
        || !sent.isTextual()
        || sent.textValue().length() > LONGEST_TOKEN
        || (device != null
            && (!device.isTextual() || device.textValue().length() > LONGEST_DEVICE))) {
      throw ProblemException.invalid("/token", "Send your access token as text.");
    }
    check(new Shown(sent.textValue(), Optional.ofNullable(device).map(JsonNode::textValue)), true);
  }

  private void checkAgain() {
    Shown known = shown;
    if (known != null && !checking) {
      check(known, false);
    }
  }

  /** On a worker thread, since another issuer may have to be asked. */
  private void check(Shown sent, boolean welcome) {
    checking = true;
    wire.pause();
    house
        .check(loop, sent.token(), sent.deviceId())
        .onComplete(
            checked -> {
              checking = false;
              Optional<GoodToken> found = checked.result();
              if (found == null) {
                failed(checked.cause());
              } else {
                found.ifPresentOrElse(
                    good -> accept(sent, good, welcome), () -> close(Closing.SIGNED_OUT));
              }
              if (!closed.get()) {
                wire.resume();
              }
            });
  }

  private void failed(Throwable cause) {
    if (cause instanceof ProblemException refused) {
      send(Frames.problem(refused));
    } else {
      LOG.error("A token of the live socket couldn't be checked", cause);
      send(Frames.problem(CommonProblems.INTERNAL.raise(CommonProblems.INTERNAL.explanation())));
    }
    close(Closing.SIGNED_OUT);
  }

  private void accept(Shown sent, GoodToken good, boolean welcome) {
    Caller before = caller();
    if (before != null && !before.userId().equals(good.caller().userId())) {
      close(Closing.OTHER_PARTY);
      return;
    }
    token = good;
    shown = good.checkAt().isBefore(good.expiresAt()) ? sent : null;
    if (welcome) {
      send(Frames.welcome(good.expiresAt()));
    }
    if (before == null) {
      house.join(good.caller().userId(), this);
      if (closed.get()) {
        house.leave(good.caller().userId(), this); // closed before it joined
      }
    }
  }

  private void broken(Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException frame
        && frame.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)) {
      close(Closing.TOO_LARGE);
    } else {
      gone();
    }
  }

  private void gone() {
    var _ = leave();
  }

  private boolean leave() {
    boolean first = closed.compareAndSet(false, true);
    if (first) {
      part = null;
      house.forget(this);
      Caller known = caller();
      if (known != null) {
        house.leave(known.userId(), this);
      }
    }
    return first;
  }
}
