package app.heyblue.scoring.chain;

import app.heyblue.messaging.Stream;
import app.heyblue.messaging.Streams;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.domain.Head;
import app.heyblue.scoring.postgres.ChainTable;
import app.heyblue.security.HouseKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs the end of the chain soon after it has grown: at most four times a second, however many
 * transactions come, and at once when it was quiet.
 */
@ApplicationScoped
public class HeadSigner {
  private static final Logger LOG = Logger.getLogger(HeadSigner.class);
  private static final long PAUSE_MILLIS = 250;
  // In case a signal is lost with an error: the next look comes anyway.
  private static final long LOOK_SECONDS = 30;

  private final BlockingQueue<Boolean> grown = new ArrayBlockingQueue<>(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Database database;
  private final HouseKeys keys;
  private final Streams streams;
  private final Clock clock;
  private @Nullable Thread thread;

  public HeadSigner(Database database, HouseKeys keys, Streams streams, Clock clock) {
    this.database = database;
    this.keys = keys;
    this.streams = streams;
    this.clock = clock;
  }

  void start(@Observes @Priority(500) StartupEvent event) {
    signNewest();
    streams.onProgress(Stream.TRANSACTIONS, () -> grown.offer(true));
    thread = Thread.ofVirtual().name("heyblue-ledger-heads").start(this::run);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop.countDown();
    grown.offer(true);
    if (thread != null) {
      thread.join(Duration.ofSeconds(10));
    }
  }

  /** Publishes a head for the chain's end, unless there is one. */
  public void signNewest() {
    database.useTransaction(
        tx -> {
          ChainTable.End end = ChainTable.end(tx);
          long signed = ChainTable.newestHead(tx).map(Head::position).orElse(-1L);
          if (signed < end.position()) {
            ChainTable.publish(
                tx,
                Head.sign(
                    end.position(),
                    end.hash(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS),
                    keyPair().getPrivate()));
          }
        });
  }

  /** The key that checks the signatures: SubjectPublicKeyInfo (RFC 8410) in base64. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(keyPair().getPublic().getEncoded());
  }

  private KeyPair keyPair() {
    return keys.ed25519("ledger-head");
  }

  private void run() {
    try {
      do {
        grown.poll(LOOK_SECONDS, TimeUnit.SECONDS);
        trySigning();
      } while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void trySigning() {
    try {
      signNewest();
    } catch (RuntimeException e) {
      LOG.warn("the ledger's head will be signed later", e);
    }
  }
}
