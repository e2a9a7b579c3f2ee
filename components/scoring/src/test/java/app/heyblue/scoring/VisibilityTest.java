package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.Visibility;
import app.heyblue.security.Caller;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VisibilityTest {
  private static final UserId DONOR = new UserId(new UUID(1, 1));
  private static final UserId FAMILY = new UserId(new UUID(1, 2));
  private static final UserId MERCHANT = new UserId(new UUID(1, 3));
  private static final StoredTransaction DONATION =
      between(DONOR, PartyKind.CIVILIAN, FAMILY, PartyKind.FAMILY);
  private static final StoredTransaction EXCHANGE =
      between(FAMILY, PartyKind.FAMILY, MERCHANT, PartyKind.MERCHANT);

  @Test
  void hidesAFamilyFromItsDonor() {
    assertThat(seen(DONATION, DONOR, PartyKind.CIVILIAN)).containsExactly(DONOR, null);
  }

  @Test
  void hidesADonorFromTheFamily() {
    assertThat(seen(DONATION, FAMILY, PartyKind.FAMILY)).containsExactly(null, FAMILY);
  }

  @Test
  void hidesAFamilyFromTheMerchantButNotTheMerchantFromTheFamily() {
    assertThat(seen(EXCHANGE, MERCHANT, PartyKind.MERCHANT)).containsExactly(null, MERCHANT);
    assertThat(seen(EXCHANGE, FAMILY, PartyKind.FAMILY)).containsExactly(FAMILY, MERCHANT);
  }

  @Test
  void showsEverybodyToAnAdmin() {
    UserId admin = new UserId(new UUID(1, 9));
    assertThat(seen(DONATION, admin, PartyKind.ADMIN)).containsExactly(DONOR, FAMILY);
  }

  @Test
  void showsIssuanceToEverybody() {
    Visibility family = new Visibility(new Caller(FAMILY, PartyKind.FAMILY, new UUID(0, 1)));
    assertThat(family.show(Scoring.ISSUANCE, null)).isEqualTo(Scoring.ISSUANCE);
  }

  private static List<@Nullable UserId> seen(
      StoredTransaction transaction, UserId viewer, PartyKind kind) {
    return transaction
        .receiptFor(new Visibility(new Caller(viewer, kind, new UUID(0, 1))))
        .entries()
        .stream()
        .<@Nullable UserId>map(Receipt.Entry::userId)
        .toList();
  }

  private static StoredTransaction between(
      UserId from, PartyKind fromKind, UserId to, PartyKind toKind) {
    return new StoredTransaction(
        new UUID(5, 5),
        TransactionKind.DONATION,
        List.of(
            new StoredTransaction.Entry(from, fromKind, -5),
            new StoredTransaction.Entry(to, toKind, 5)),
        null,
        null,
        List.of(),
        null,
        null,
        Instant.EPOCH);
  }
}
