package app.heyblue.users.recipients;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Somebody to give to, as a giver sees it; what isn't shown is absent.
 *
 * @param recipientRef to give to, in place of an id
 * @param name of a charity, and of an officer who shows it
 * @param ein of a charity
 * @param agency of an officer
 * @param area a ZIP code; of a family its first three digits
 * @param cause of a charity its NTEE code, of a family what it needs help with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Recipient(
    String recipientRef,
    @Nullable String name,
    @Nullable String ein,
    @Nullable String agency,
    @Nullable String area,
    @Nullable String cause) {}
