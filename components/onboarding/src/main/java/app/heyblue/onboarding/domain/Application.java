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
 * @param ending how it ended, where it was rejected
 * @param reason sealed; why it was rejected; null where the ending says it all
 * @param eventId its {@code user.created}, once told
 * @param changedAt when its status last changed
 * @param confirmed whether the mailed code came back; never for whom the operator vouches
 * @param unavailableSince since when some validator hasn't answered; null while all do
 */
public record Application(
    UUID id,
    UserId userId,
    PartyKind kind,
    ApplicationStatus status,
    @Nullable Bytes form,
    @Nullable PasswordHash password,
    @Nullable Bytes claim,
    @Nullable Ending ending,
    @Nullable Bytes reason,
    @Nullable UUID eventId,
    Instant submittedAt,
    Instant changedAt,
    boolean confirmed,
    @Nullable Instant unavailableSince) {}
