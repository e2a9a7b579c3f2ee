package app.heyblue.users.http;

import app.heyblue.users.Language;
import app.heyblue.users.profiles.ProfileEditor;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch (RFC 7396) of the own profile: what is absent stays. Nothing in a profile can be
 * removed, so null is refused.
 *
 * @param displayName 1 to 100 characters; of natural persons only
 * @param locale {@code en} or {@code es}
 * @param showName of officers
 * @param showEncounterCount of officers
 */
record MeChange(
    @JsonSetter(nulls = Nulls.FAIL)
        @Size(min = 1, max = 100)
        @Pattern(
            regexp = "(?s)(?=.*[^\\p{Z}\\s])[^\\p{Cc}\\p{Cs}]*",
            message = "a name has visible characters and no control characters")
        @Nullable String displayName,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable Language locale,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable Boolean showName,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable Boolean showEncounterCount) {

  ProfileEditor.Wish wish() {
    return new ProfileEditor.Wish(displayName, locale, showName, showEncounterCount);
  }
}
