package app.heyblue.rules.http;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemException;
import app.heyblue.rules.simulation.Report;
import app.heyblue.rules.simulation.Simulations;
import app.heyblue.rules.simulation.Simulations.Trial;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Sends a simulation's progress and its result; a client that is gone ends it. */
final class SimulationStream {
  private static final Logger LOG = Logger.getLogger(SimulationStream.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SseEventSink sink;
  private final Sse sse;

  SimulationStream(SseEventSink sink, Sse sse) {
    this.sink = sink;
    this.sse = sse;
  }

  void send(Simulations simulations, Trial trial, Instant from, Instant to) {
    try (sink) {
      Report report = simulations.run(trial, from, to, this::progress);
      if (report != null) {
        send("result", report);
      }
    } catch (ProblemException problem) {
      send(
          "problem",
          Map.of(
              "type", "/problems/" + problem.type().slug(),
              "title", problem.type().title(),
              "status", problem.type().status(),
              "detail", problem.detail()));
    } catch (RuntimeException e) {
      LOG.error("A simulation failed", e);
    }
  }

  private boolean progress(long done, long of) {
    return send("progress", Map.of("done", done, "of", of));
  }

  /** False where nobody listens any more. */
  private boolean send(String name, Object data) {
    if (sink.isClosed()) {
      return false;
    }
    try {
      sink.send(
              sse.newEventBuilder()
                  .name(name)
                  .data(String.class, Json.mapper().writeValueAsString(data))
                  .build())
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      LOG.debug("Who asked for a simulation is gone", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
