package app.heyblue.benchmarks;

import java.util.Random;

/** What fingers do to a name: one letter of one word swapped, dropped, doubled or replaced. */
final class Misspelling {
  private static final int SHORTEST = 4;

  private Misspelling() {}

  static String of(String name, Random random) {
    String[] words = name.split(" ");
    int start = random.nextInt(words.length);
    for (int i = 0; i < words.length; i++) {
      int at = (start + i) % words.length;
      if (words[at].length() >= SHORTEST) {
        words[at] = ofWord(words[at], random);
        break;
      }
    }
    return String.join(" ", words);
  }

  private static String ofWord(String word, Random random) {
    int at = random.nextInt(word.length() - 1);
    String before = word.substring(0, at);
    String after = word.substring(at + 1);
    char letter = word.charAt(at);
    return switch (random.nextInt(4)) {
      case 0 -> before + after.charAt(0) + letter + after.substring(1);
      case 1 -> before + after;
      case 2 -> before + letter + letter + after;
      default -> before + (char) ('A' + random.nextInt(26)) + after;
    };
  }
}
