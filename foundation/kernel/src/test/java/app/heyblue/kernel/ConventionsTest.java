package app.heyblue.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conventions of the HTTP contract that are made once, here. */
class ConventionsTest {
  @Property
  void aCursorGivesBackThePlaceItWasMadeOf(@ForAll String place) {
    if (place.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff)) {
      assertThat(Cursor.decode(Cursor.encode(place))).isEqualTo(place);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "a", "ÿ", "_w"})
  void textThatIsNoCursorIsRefused(String text) {
    assertThatThrownBy(() -> Cursor.decode(text)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aPageTellsItsNextOnlyWhenThereIsOne() {
    List<Integer> rows = IntStream.range(0, 4).boxed().toList();
    Page<Integer> full = Page.from(rows, new PageRequest(3, null), String::valueOf);
    assertThat(full.items()).containsExactly(0, 1, 2);
    assertThat(new PageRequest(3, full.next()).placeAsLong()).contains(2L);
    assertThat(Page.from(rows, new PageRequest(4, null), String::valueOf).next()).isNull();
  }

  @Property
  void anIdempotencyKeyIsTheSameQuotedOrBare(
      @ForAll @NotBlank @StringLength(max = 200) @CharRange(from = 'a', to = 'z') String key) {
    assertThat(IdempotencyKey.parse('"' + key + '"')).isEqualTo(IdempotencyKey.parse(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\"a", "a b", "ключ", "\"\"", "\"a\\x\""})
  void aMalformedIdempotencyKeyIsRefused(String header) {
    assertThatThrownBy(() -> IdempotencyKey.parse(header))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblems.MALFORMED));
  }

  @Test
  void ifMatchIsNeededAndMustNameTheCurrentVersion() {
    ETags.requireMatch("\"7\"", 7);
    ETags.requireMatch("\"6\", \"7\"", 7);
    assertThatThrownBy(() -> ETags.requireMatch(null, 7))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type().status()).isEqualTo(428));
    assertThatThrownBy(() -> ETags.requireMatch("\"6\"", 7))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type().status()).isEqualTo(412));
  }

  @Property
  void pointsNeverWrapRound(@ForAll long a, @ForAll long b) {
    try {
      assertThat(new Points(a).plus(new Points(b)).minus(new Points(b))).isEqualTo(new Points(a));
    } catch (ArithmeticException overflow) {
      assertThat(java.math.BigInteger.valueOf(a).add(java.math.BigInteger.valueOf(b)).bitLength())
          .isGreaterThan(63);
    }
  }

  private record Sample(String name, Integer count) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":1,\"count\":1}",
        "{\"name\":\"a\",\"count\":\"1\"}",
        "{\"name\":\"a\",\"count\":1.5}",
        "{\"name\":\"a\",\"count\":true}",
        "{\"name\":\"a\",\"count\":1,\"other\":1}",
        "{\"name\":\"a\",\"name\":\"b\",\"count\":1}",
        "{\"name\":\"a\",\"count\":1} {}",
        "{\"name\":\"a\",\"count\":99999999999}"
      })
  void jsonIsReadStrictly(String json) {
    assertThatThrownBy(() -> Json.mapper().readValue(json, Sample.class))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1-1-1-1-1", "0190a6f0-0000-7000-8000-00000000000g", "x"})
  void idsAreReadStrictly(String text) {
    assertThatThrownBy(() -> UserId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
