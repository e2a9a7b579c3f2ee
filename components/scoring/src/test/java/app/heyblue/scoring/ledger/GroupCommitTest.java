package app.heyblue.scoring.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import app.heyblue.scoring.ledger.GroupCommit.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstAtWork = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final GroupCommit<Integer, String> group = new GroupCommit<>(this::work);

  @AfterEach
  void end() throws InterruptedException {
    goOn.countDown();
    for (Thread thread : threads) {
      assertThat(thread.join(PATIENCE)).isTrue();
    }
  }

  @Test
  void beginsAtOnceWhereNobodyIsAtWork() {
    goOn.countDown();

    assertThat(group.submit(1)).isEqualTo("done 1");
    assertThat(group.submit(2)).isEqualTo("done 2");
    assertThat(groups).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void letsThoseWhoWaitShareTheNextGroupInTheirOrder() throws Exception {
    CompletableFuture<String> first = submit(1);
    firstAtWork.await();
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    for (int i = 2; i <= 6; i++) {
      waiting.add(submit(i));
      awaitParked(threads.getLast());
    }

    goOn.countDown();

    assertThat(first.get()).isEqualTo("done 1");
    for (int i = 2; i <= 6; i++) {
      assertThat(waiting.get(i - 2).get()).isEqualTo("done " + i);
    }
    assertThat(groups).containsExactly(List.of(1), List.of(2, 3, 4, 5, 6));
  }

  @Test
  void refusesOneOfAGroupWithoutTheOthers() throws Exception {
    CompletableFuture<String> first = submit(1);
    firstAtWork.await();
    CompletableFuture<String> refused = submit(-2);
    awaitParked(threads.getLast());
    CompletableFuture<String> third = submit(3);
    awaitParked(threads.getLast());

    goOn.countDown();

    assertThat(first.get()).isEqualTo("done 1");
    assertThat(third.get()).isEqualTo("done 3");
    assertThatThrownBy(refused::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("refused -2");
  }

  @Test
  void leavesNobodyWaitingWhereALeaderDies() throws Exception {
    CompletableFuture<String> first = submit(1);
    firstAtWork.await();
    CompletableFuture<String> deadly = submit(666);
    awaitParked(threads.getLast());
    CompletableFuture<String> inItsGroup = submit(3);
    awaitParked(threads.getLast());

    goOn.countDown();

    assertThat(first.get()).isEqualTo("done 1");
    assertThatThrownBy(deadly::get).hasRootCauseInstanceOf(StackOverflowError.class);
    assertThatThrownBy(inItsGroup::get).hasRootCauseInstanceOf(ProblemException.class);
    assertThat(group.submit(4)).isEqualTo("done 4");
  }

  private List<Outcome<String>> work(List<Integer> requests) {
    groups.add(List.copyOf(requests));
    firstAtWork.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (requests.contains(666)) {
      throw new StackOverflowError();
    }
    return requests.stream().map(GroupCommitTest::outcome).toList();
  }

  private static Outcome<String> outcome(int request) {
    return request < 0
        ? new Outcome.Refused<>(new IllegalArgumentException("refused " + request))
        : new Outcome.Done<>("done " + request);
  }

  private CompletableFuture<String> submit(int request) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    threads.add(
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    answer.complete(group.submit(request));
                  } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                  }
                }));
    return answer;
  }

  private static void awaitParked(Thread thread) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
