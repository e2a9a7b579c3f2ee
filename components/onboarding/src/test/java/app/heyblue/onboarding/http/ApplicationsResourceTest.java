package app.heyblue.onboarding.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.security.RateLimit;
import app.heyblue.security.RateLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A network address that has used up what it may do gets no further. */
@NullUnmarked
class ApplicationsResourceTest {
  private static final UUID ID = new UUID(0, 1);
  private final UsedUp limits = new UsedUp();
  private final ApplicationsResource resource =
      new ApplicationsResource(null, null, limits, email -> new byte[32]);

  @Test
  void anotherCodeCountsTowardsTheCodesOfItsNetwork() {
    assertThatThrownBy(() -> resource.mailCode(ID)).isInstanceOf(ProblemException.class);
    assertThat(limits.asked).containsExactly(Limits.CODES);
  }

  @Test
  void aWrongCodeAtAWithdrawalCountsTowardsTheWrongCodesOfItsNetwork() {
    var body = new ApplicationsResource.Confirmation("123456");
    assertThatThrownBy(() -> resource.withdraw(ID, body)).isInstanceOf(ProblemException.class);
    assertThat(limits.asked).containsExactly(Limits.WRONG_CODES);
  }

  private static final class UsedUp implements RateLimits {
    final List<RateLimit> asked = new ArrayList<>();

    @Override
    public void take(RateLimit limit) {
      asked.add(limit);
      throw CommonProblems.TOO_MANY_REQUESTS.raise("Wait.");
    }

    @Override
    public <T> T countRefusals(RateLimit limit, Supplier<T> work) {
      take(limit);
      return work.get();
    }
  }
}
