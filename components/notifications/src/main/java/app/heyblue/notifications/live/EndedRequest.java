package app.heyblue.notifications.live;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Tells the framework that a request has ended that became a socket. It counts those at work, so as
 * to wait for them when it stops, and never hears of this end: each socket would make the stop take
 * as long as it may. There is no other way in to say so.
 */
final class EndedRequest {
  private static final MethodHandle DONE = done();

  private EndedRequest() {}

  static void tell(HttpServerRequest request) {
    try {
      DONE.invoke(QuarkusRequestWrapper.get(request));
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle done() {
    try {
      return MethodHandles.privateLookupIn(QuarkusRequestWrapper.class, MethodHandles.lookup())
          .findVirtual(QuarkusRequestWrapper.class, "done", MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
