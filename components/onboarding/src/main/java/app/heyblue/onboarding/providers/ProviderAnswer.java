package app.heyblue.onboarding.providers;

import app.heyblue.onboarding.validators.Verdict;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Collectors;

/** Reads what a provider answered, whatever that is. */
final class ProviderAnswer {
  private static final int LONGEST_FINDING = 300;
  private static final int DEEPEST = 16;
  private static final String UNREADABLE = "Its answer can't be read.";
  // Unlike the house's own, it overlooks members that it doesn't know.
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private ProviderAnswer() {}

  static Verdict verdict(byte[] answer) {
    JsonNode node;
    try {
      node = MAPPER.readTree(answer);
    } catch (IOException e) {
      return new Verdict.Undecided(UNREADABLE);
    }
    if (node == null || !node.isObject() || !node.path("verdict").isTextual()) {
      return new Verdict.Undecided(UNREADABLE);
    }
    String finding = plain(node.path("finding").asText(""));
    return switch (node.path("verdict").asText()) {
      case "verified" -> new Verdict.Verified(finding);
      case "rejected" ->
          new Verdict.Rejected(
              "What you gave as evidence couldn't be confirmed. Check it and apply again.",
              finding);
      case "undecided" ->
          new Verdict.Undecided(finding.isEmpty() ? "It couldn't decide." : finding);
      default -> new Verdict.Undecided(UNREADABLE);
    };
  }

  /** One line without what could deceive a reader's eye. */
  private static String plain(String text) {
    return text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(ProviderAnswer::isVisible)
        .limit(LONGEST_FINDING)
        .mapToObj(Character::toString)
        .collect(Collectors.joining())
        .strip();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
