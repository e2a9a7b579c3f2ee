package app.heyblue.encounters.asking;

import app.heyblue.kernel.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the last two minutes, in memory and nowhere else. What it tells a request's asker
 * depends on when they asked and on nothing that the officer did, until {@link #met}.
 */
@ApplicationScoped
class OpenRequests {
  /** How many requests can wait for one officer; further ones are ignored silently. */
  static final int MOST_WAITING = 20;

  /** What became of a new request. */
  sealed interface Reception {}

  /** The officer is to be told. */
  record Waiting() implements Reception {}

  /** Too many wait for the officer, who isn't told. */
  record Ignored() implements Reception {}

  /** The asker has another one, and the new one isn't taken. */
  record OneIsOpen(Asked other) implements Reception {}

  private sealed interface Fate {}

  private record Waits() implements Fate {}

  private record Over() implements Fate {}

  private record Accepted(Acceptance acceptance) implements Fate {}

  private static final class Entry {
    final Asked asked;
    Fate fate;

    Entry(Asked asked, Fate fate) {
      this.asked = asked;
      this.fate = fate;
    }
  }

  private final Map<UUID, Entry> byId = new HashMap<>();
  private final Map<UserId, Entry> byCivilian = new HashMap<>();
  private final Map<UserId, List<Entry>> waiting = new HashMap<>();
  private final Deque<Entry> oldestFirst = new ArrayDeque<>();

  /** The civilian's own request, for as long as it's open. */
  synchronized Optional<Asked> of(UserId civilian, Instant now) {
    return Optional.ofNullable(byCivilian.get(civilian))
        .map(entry -> entry.asked)
        .filter(asked -> asked.isOpen(now));
  }

  /** The requests that wait for the officer. */
  synchronized List<Asked> waitingFor(UserId officer, Instant now) {
    return waiting.getOrDefault(officer, List.of()).stream()
        .map(entry -> entry.asked)
        .filter(asked -> asked.isOpen(now))
        .toList();
  }

  /** Takes a new request, unless its asker has an open one. */
  synchronized Reception add(Asked asked) {
    forget(asked.at());
    Optional<Asked> other = of(asked.civilian(), asked.at());
    if (other.isPresent()) {
      return new OneIsOpen(other.get());
    }
    List<Entry> before = waiting.computeIfAbsent(asked.officer(), any -> new ArrayList<>());
    before.removeIf(entry -> !entry.asked.isOpen(asked.at()));
    boolean ignored = before.size() >= MOST_WAITING;
    Entry entry = new Entry(asked, ignored ? new Over() : new Waits());
    byId.put(asked.id(), entry);
    byCivilian.put(asked.civilian(), entry);
    oldestFirst.add(entry);
    if (ignored) {
      return new Ignored();
    }
    before.add(entry);
    return new Waiting();
  }

  /**
   * The officer's yes, the same one however often it's said; empty where no request of this id
   * waits for the officer.
   */
  synchronized Optional<Acceptance> accept(UUID id, UserId officer, Instant now) {
    Entry entry = askedOf(id, officer);
    if (entry == null) {
      return Optional.empty();
    }
    return switch (entry.fate) {
      case Accepted accepted -> Optional.of(accepted.acceptance());
      case Over over -> Optional.empty();
      case Waits waits -> {
        if (!entry.asked.isOpen(now)) {
          yield Optional.empty();
        }
        Acceptance acceptance = new Acceptance(entry.asked, now);
        entry.fate = new Accepted(acceptance);
        noLongerWaits(entry);
        yield Optional.of(acceptance);
      }
    };
  }

  /** The officer's no, as often as it's said; false where no request of this id waits for them. */
  synchronized boolean refuse(UUID id, UserId officer, Instant now) {
    Entry entry = askedOf(id, officer);
    if (entry == null || entry.fate instanceof Accepted || !entry.asked.isOpen(now)) {
      return false;
    }
    entry.fate = new Over();
    noLongerWaits(entry);
    return true;
  }

  /** The two were together: the request is a meeting now, which others remember. */
  synchronized void met(UUID id) {
    Entry entry = byId.get(id);
    if (entry != null) {
      drop(entry);
    }
  }

  /**
   * Forgets what is over. An officer's yes is remembered for as long again as a request lives, so
   * that an answer that was lost can be heard again.
   */
  synchronized void forget(Instant now) {
    while (!oldestFirst.isEmpty() && isPast(oldestFirst.getFirst().asked, now)) {
      drop(oldestFirst.removeFirst());
    }
  }

  synchronized int size() {
    return byId.size() + byCivilian.size() + waiting.size() + oldestFirst.size();
  }

  private static boolean isPast(Asked asked, Instant now) {
    return !asked.isOpen(now) && !asked.isOpen(now.minus(Asked.LIFE));
  }

  private @Nullable Entry askedOf(UUID id, UserId officer) {
    Entry entry = byId.get(id);
    return entry != null && entry.asked.officer().equals(officer) ? entry : null;
  }

  private void drop(Entry entry) {
    byId.remove(entry.asked.id());
    byCivilian.remove(entry.asked.civilian(), entry);
    noLongerWaits(entry);
  }

  private void noLongerWaits(Entry entry) {
    waiting.computeIfPresent(
        entry.asked.officer(),
        (officer, entries) -> {
          entries.remove(entry);
          return entries.isEmpty() ? null : entries;
        });
  }
}
