package app.heyblue.onboarding.domain;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.security.PasswordHash;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application as it is stored.
 *
 * @param userId the party that it becomes; personal text is sealed under its key from the start
 * @param form sealed; null once it has served
 * @param password null once the credentials exist
 * @param claim fingerprint of what may be used once, such as a badge; null where there is nothing
 * @param findings sealed; what the validators couldn't decide
 * @param reason sealed; why it was rejected
 * @param eventId its {@code user.created}, once told
 * @param confirmed whether the mailed code came back
 */
public record Application(
    UUID id,
    UserId userId,
    PartyKind kind,
    ApplicationStatus status,
    @Nullable Bytes form,
    @Nullable PasswordHash password,
    @Nullable Bytes claim,
    @Nullable Bytes findings,
    @Nullable Bytes reason,
    @Nullable UUID eventId,
    Instant submittedAt,
    boolean confirmed) {}
