package app.heyblue.scoring.http;

import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.ledger.Giving.GiftKind;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A gift to be made.
 *
 * @param to a {@code recipientRef}, or a user id
 */
public record NewGift(
    @NotNull GiftKind kind,
    @Schema(description = "A recipientRef of GET /recipients, or the user id of a party.")
        @NotBlank
        @Size(max = 500)
        String to,
    @NotNull @Min(1) @Max(Posting.MAX_POINTS) Long points,
    @Schema(description = "Words to the recipient, kept encrypted.")
        @Size(max = 500)
        @Pattern(regexp = "[\\P{Cc}\\n]*", message = "must not contain control characters")
        @Nullable String message) {}
