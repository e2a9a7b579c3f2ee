package app.heyblue.kernel.http;

import app.heyblue.kernel.Unrecorded;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Counts refusals by the kind of problem, of which there are as many as problem pages. */
class RefusalMeter {
  private static final String PAGES = "/problems/";
  private final MeterRegistry meters;

  RefusalMeter(MeterRegistry meters) {
    this.meters = meters;
  }

  @ServerResponseFilter
  void count(ContainerRequestContext asked, ContainerResponseContext answer) {
    if (!Unrecorded.covers(asked.getUriInfo().getRequestUri().getPath())
        && answer.getStatus() >= 400
        && answer.getEntity() instanceof Map<?, ?> document
        && document.get("type") instanceof String type
        && type.startsWith(PAGES)) {
      meters.counter("heyblue.refusals", "problem", type.substring(PAGES.length())).increment();
    }
  }
}
