package app.heyblue.users.recipients;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import org.jspecify.annotations.Nullable;

/** The kinds of parties that can be given to. */
enum RecipientKind {
  CHARITY(PartyKind.CHARITY),
  FAMILY(PartyKind.FAMILY),
  OFFICER(PartyKind.OFFICER);

  private final PartyKind party;

  RecipientKind(PartyKind party) {
    this.party = party;
  }

  PartyKind party() {
    return party;
  }

  /**
   * Reads the query parameter.
   *
   * @throws ProblemException ({@code invalid-input})
   */
  static RecipientKind parse(@Nullable String text) {
    for (RecipientKind kind : values()) {
      if (kind.party.toString().equals(text)) {
        return kind;
      }
    }
    throw ProblemException.invalid("kind", "Say kind=charity, kind=family or kind=officer.");
  }
}
