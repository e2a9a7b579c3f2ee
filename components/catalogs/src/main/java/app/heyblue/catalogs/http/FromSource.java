package app.heyblue.catalogs.http;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Which of the configured sources to refresh from. */
record FromSource(@NotBlank @Size(max = 100) @Nullable String source) {}
