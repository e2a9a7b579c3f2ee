package app.heyblue.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import app.heyblue.security.Together;
import app.heyblue.security.audit.AuditEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysIT {
  private static final Duration OVERLAP = SigningKeyRing.KEPT_BY_OTHERS.plus(SigningKeyRing.MARGIN);
  @TempDir Path home;
  private House house;
  private Caller caller;

  @BeforeEach
  void open() {
    house = House.over(home);
    caller = house.caller(PartyKind.CIVILIAN);
  }

  @Test
  void aNewKeyIsPublishedBeforeItSignsForAsLongAsTheKeySetMayBeKept() throws Exception {
    String first = keyOf(house.tokens.issue(caller));
    house.signing.rotate(false);

    assertThat(published()).hasSize(2).startsWith(first);
    house.pass(Duration.ofMinutes(5));
    assertThat(keyOf(house.tokens.issue(caller))).isEqualTo(first);
    house.pass(Duration.ofMinutes(1));
    assertThat(keyOf(house.tokens.issue(caller))).isNotEqualTo(first).isEqualTo(published().get(1));
  }

  @Test
  void nobodyIsSignedOutByARotation() {
    house.signing.rotate(false);
    house.pass(OVERLAP.minusSeconds(1));
    String last = house.tokens.issue(caller);
    House other = house.another();

    for (int second = 0; second < AccessTokens.LIFETIME.toSeconds(); second += 60) {
      assertThat(house.tokens.verify(last)).contains(caller);
      assertThat(other.tokens.verify(last)).contains(caller);
      assertThat(house.tokens.verify(other.tokens.issue(caller))).contains(caller);
      house.signing.refresh();
      house.pass(Duration.ofMinutes(1));
    }
  }

  @Test
  void theOldKeyIsDestroyedOnceItsLastTokenHasExpired() throws Exception {
    String first = keyOf(house.tokens.issue(caller));
    house.signing.rotate(false);
    house.pass(OVERLAP.plus(AccessTokens.LIFETIME));
    house.signing.refresh();
    assertThat(published()).contains(first);

    house.pass(SigningKeyRing.MARGIN);
    assertThat(published()).doesNotContain(first);
    house.signing.refresh();
    assertThat(keyRows()).isEqualTo(1);
    assertThat(house.another().tokens.verify(house.tokens.issue(caller))).contains(caller);
  }

  @Test
  void aKeyThatLeakedIsRefusedSoonAndTheNextOneSigns() {
    String before = house.tokens.issue(caller);
    house.signing.rotate(false);
    house.signing.rotate(true);
    house.pass(Duration.ofSeconds(15));

    assertThat(house.tokens.verify(before)).isEmpty();
    assertThat(house.another().tokens.verify(before)).isEmpty();
    assertThat(house.tokens.verify(house.tokens.issue(caller))).contains(caller);
    assertThat(house.signing.seen()).hasSize(1);
  }

  @Test
  void rotatesByItselfWhenTheKeyIsOldEnough() throws Exception {
    String first = keyOf(house.tokens.issue(caller));
    house.pass(Duration.ofDays(90).minusSeconds(1));
    house.signing.refresh();
    assertThat(published()).containsExactly(first);

    house.pass(Duration.ofSeconds(1));
    house.signing.refresh();
    house.signing.refresh();
    assertThat(published()).hasSize(2);
  }

  @Test
  void manyProcessesAskedAtOnceMakeOneKey() throws Exception {
    house.tokens.issue(caller);
    List<Callable<String>> rotations = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      House process = house.another();
      rotations.add(
          () -> {
            process.signing.rotate(false);
            return process.tokens.publicKeys();
          });
    }
    List<String> sets = new ArrayList<>();
    for (Future<String> rotation : Together.run(rotations)) {
      sets.add(rotation.get());
    }
    assertThat(Collections.frequency(sets, sets.getFirst())).isEqualTo(6);
    assertThat(keyRows()).isEqualTo(2);
  }

  @Test
  void anUnknownKeyIdMakesTheKeysBeReadAgain() throws Exception {
    House other = house.another();
    other.tokens.issue(caller);
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    other.signing.onUnknown(() -> heard.add("read again"));
    house.signing.rotate(true);
    house.pass(Duration.ofSeconds(15));
    String token = house.tokens.issue(caller);

    assertThat(other.tokens.verify(token)).isEmpty();
    assertThat(heard).hasSize(1);
    other.signing.refresh();
    assertThat(other.tokens.verify(token)).contains(caller);
  }

  @Test
  void eachStepLeavesARecord() {
    house.signing.rotate(false);
    house.pass(OVERLAP.plus(AccessTokens.LIFETIME).plus(SigningKeyRing.MARGIN));
    house.signing.refresh();

    assertThat(
            house.audit.find(Optional.empty(), Optional.empty(), new PageRequest(50, null)).items())
        .extracting(AuditEntry::action)
        .containsExactly("signingKey.retired", "signingKey.published");
  }

  private List<String> published() throws JoseException {
    return new JsonWebKeySet(house.tokens.publicKeys())
        .getJsonWebKeys().stream().map(JsonWebKey::getKeyId).toList();
  }

  private int keyRows() {
    return house.database.<Integer, RuntimeException>read(
        tx ->
            tx.createQuery("select count(*) from security.house_key where kind = 'ec-p256'")
                .mapTo(Integer.class)
                .one());
  }

  private static String keyOf(String token) throws JoseException {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setCompactSerialization(token);
    return jws.getKeyIdHeaderValue();
  }
}
