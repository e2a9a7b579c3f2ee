package app.heyblue.users.http;

import app.heyblue.kernel.Language;
import app.heyblue.users.profiles.ProfileEditor;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch (RFC 7396) of the own profile: what is absent stays. Nothing in a profile can be
 * removed, so null is refused; a record couldn't tell it from absence.
 */
final class MeChange {
  @JsonProperty
  @JsonSetter(nulls = Nulls.FAIL)
  @Size(min = 1, max = 100)
  @Pattern(
      regexp = "(?s)(?=.*[^\\p{Z}\\s])[^\\p{Cc}\\p{Cs}]*",
      message = "a name has visible characters and no control characters")
  @Schema(description = "1 to 100 characters; of natural persons only")
  @Nullable String displayName;

  @JsonProperty
  @JsonSetter(nulls = Nulls.FAIL)
  @Schema(description = "The language that we write to you in")
  @Nullable Language locale;

  @JsonProperty
  @JsonSetter(nulls = Nulls.FAIL)
  @Schema(description = "Of officers: whether others see the name")
  @Nullable Boolean showName;

  @JsonProperty
  @JsonSetter(nulls = Nulls.FAIL)
  @Schema(description = "Of officers: whether others see how many encounters there were")
  @Nullable Boolean showEncounterCount;

  ProfileEditor.Wish wish() {
    return new ProfileEditor.Wish(displayName, locale, showName, showEncounterCount);
  }
}
