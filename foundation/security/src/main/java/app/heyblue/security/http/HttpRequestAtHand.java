package app.heyblue.security.http;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.security.audit.RequestAtHand;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The HTTP request at hand; what the trail needs to know of it travels in its routing context. */
@ApplicationScoped
class HttpRequestAtHand implements RequestAtHand {
  private static final String RECORDED = "heyblue.recorded";
  static final String REQUEST_ID = "heyblue.request-id";
  private final CurrentVertxRequest current;
  private final ClientAddresses addresses;
  private final IdGenerator ids;

  HttpRequestAtHand(CurrentVertxRequest current, ClientAddresses addresses, IdGenerator ids) {
    this.current = current;
    this.addresses = addresses;
    this.ids = ids;
  }

  @Override
  public Optional<Origin> find() {
    return routing().map(this::origin);
  }

  @Override
  public Runnable recording() {
    return routing().<Runnable>map(request -> () -> request.put(RECORDED, true)).orElse(() -> {});
  }

  boolean hasRecord() {
    return routing().map(request -> request.get(RECORDED) != null).orElse(false);
  }

  private Optional<RoutingContext> routing() {
    return Arc.container().requestContext().isActive()
        ? Optional.ofNullable(current.getCurrent())
        : Optional.empty();
  }

  private Origin origin(RoutingContext request) {
    UUID id = request.get(REQUEST_ID);
    if (id == null) {
      id = ids.next();
      request.put(REQUEST_ID, id);
    }
    return new Origin(Callers.get(request), address(addresses.of(request)), id);
  }

  private static @Nullable String address(@Nullable InetAddress address) {
    return address == null ? null : address.getHostAddress();
  }
}
