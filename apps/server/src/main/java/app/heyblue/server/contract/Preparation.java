package app.heyblue.server.contract;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the framework would do at each start, parse the document and write it as JSON and as
 * YAML, until the document is asked for. Whoever asks first waits for it.
 */
@WhenAsked
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
final class Preparation {
  private final Queue<InvocationContext> postponed = new ArrayDeque<>();

  @AroundInvoke
  synchronized @Nullable Object around(InvocationContext call) throws Exception {
    if (call.getMethod().getName().equals("prepareDocument")) {
      postponed.add(call);
      return null;
    }
    while (!postponed.isEmpty()) {
      postponed.remove().proceed();
    }
    return call.proceed();
  }
}
