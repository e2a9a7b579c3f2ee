package app.heyblue.security.http;

import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Tells the log which operation answered. */
class OperationAtHand {
  private final AccessLog log;

  OperationAtHand(AccessLog log) {
    this.log = log;
  }

  @ServerResponseFilter
  void note(ResourceInfo operation) {
    log.operation(PathTemplate.of(operation));
  }
}
