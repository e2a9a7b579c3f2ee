package app.heyblue.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

/** What a failing statement tells. */
class DatabaseFailureIT {
  @Test
  void aFailureDoesNotTellWhatWasBound() {
    Throwable failure =
        catchThrowable(
            () ->
                TestDatabase.create()
                    .useTransaction(
                        tx ->
                            tx.createUpdate("insert into nowhere (secret) values (:secret)")
                                .bind("secret", "hunter2-secret")
                                .execute()));
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage())).doesNotContain("hunter2");
    }
    assertThat(failure).isNotNull();
  }
}
