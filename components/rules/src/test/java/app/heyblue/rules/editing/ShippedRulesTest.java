package app.heyblue.rules.editing;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.ContentCheck;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleInput;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRulesTest {
  static Stream<RuleContent> shipped() {
    return ShippedRules.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void passTheChecksThatAnAdminsRulePasses(RuleContent content) {
    assertThat(ContentCheck.check(RuleInput.of(content))).isEqualTo(content);
  }

  @Test
  void coverEveryKind() {
    assertThat(ShippedRules.ALL).extracting(RuleContent::kind).contains(RuleKind.values());
  }
}
