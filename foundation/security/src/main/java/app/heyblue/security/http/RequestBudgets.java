package app.heyblue.security.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.security.Budget;
import app.heyblue.security.Caller;
import app.heyblue.security.LimitsConfig;
import app.heyblue.security.Operator;
import app.heyblue.security.RateLimit;
import app.heyblue.security.Spends;
import app.heyblue.security.limits.Buckets;
import app.heyblue.security.limits.CallerAddresses;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Counts every request: of a network address before anything is done with it, and of a person where
 * it's known who asks. In memory, under digests of addresses; nobody while there are demo data,
 * since then all are on this machine, and never the operator.
 */
@ApplicationScoped
class RequestBudgets {
  private static final int AFTER_THE_DOOR = 950;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final ClientAddresses addresses;
  private final CallerAddresses digests;
  private final CurrentVertxRequest current;
  private final boolean demo;
  private final Buckets<String> ofAddress;
  private final Map<Budget, Buckets<Object>> ofPerson = new EnumMap<>(Budget.class);
  private final Map<Method, Budget> marked = new ConcurrentHashMap<>();

  RequestBudgets(
      ClientAddresses addresses,
      CallerAddresses digests,
      CurrentVertxRequest current,
      LimitsConfig config,
      @ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.addresses = addresses;
    this.digests = digests;
    this.current = current;
    this.demo = demo;
    this.ofAddress =
        new Buckets<>(new RateLimit("address", config.perAddress(), MINUTE), System::nanoTime);
    for (Budget budget : Budget.values()) {
      int permits =
          switch (budget) {
            case READ -> config.reads();
            case WRITE -> config.writes();
            case SEARCH -> config.searches();
            case COSTLY -> config.costly();
          };
      ofPerson.put(
          budget, new Buckets<>(new RateLimit(budget.name(), permits, MINUTE), System::nanoTime));
    }
  }

  void register(@Observes Filters filters) {
    if (!demo) {
      filters.register(this::spendOfAddress, AFTER_THE_DOOR);
    }
  }

  private void spendOfAddress(RoutingContext request) {
    Duration wait = address(request).map(ofAddress::take).orElse(Duration.ZERO);
    if (wait.isZero()) {
      request.next();
    } else {
      Refusals.tooMany(
          request.response(), wait, "Too many requests have come from your network address.");
    }
  }

  private Optional<String> address(RoutingContext request) {
    InetAddress address = addresses.of(request);
    return address == null ? Optional.empty() : digests.elsewhere(address);
  }

  /** Refuses a person who asks too often. */
  @ServerRequestFilter
  void spendOfPerson(ContainerRequestContext asked, ResourceInfo operation) {
    RoutingContext request = current.getCurrent();
    if (demo || request == null) {
      return;
    }
    Budget budget = budget(asked, operation);
    Caller caller = Callers.get(request);
    Optional<?> who =
        caller != null
            ? Optional.of(caller).filter(one -> !one.equals(Operator.CALLER)).map(Caller::userId)
            : budget == Budget.SEARCH ? address(request) : Optional.empty();
    Duration wait = who.map(key -> bucket(budget).take(key)).orElse(Duration.ZERO);
    if (!wait.isZero()) {
      throw new ProblemException(
          CommonProblems.TOO_MANY_REQUESTS,
          "You have asked for much in a short time. Wait as long as `Retry-After` says.",
          List.of(),
          Map.of(),
          wait);
    }
  }

  private Buckets<Object> bucket(Budget budget) {
    return Objects.requireNonNull(ofPerson.get(budget));
  }

  private Budget budget(ContainerRequestContext asked, ResourceInfo operation) {
    Budget byMethod =
        asked.getMethod().equals("GET") || asked.getMethod().equals("HEAD")
            ? Budget.READ
            : Budget.WRITE;
    Method method = operation.getResourceMethod();
    return method == null
        ? byMethod
        : marked.computeIfAbsent(
            method,
            of -> {
              Spends spends = of.getAnnotation(Spends.class);
              return spends == null ? byMethod : spends.value();
            });
  }
}
