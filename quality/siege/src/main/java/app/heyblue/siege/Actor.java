package app.heyblue.siege;

import java.util.function.Supplier;

/** A party with a token, which is renewed when the server doesn't accept it any more. */
final class Actor {
  private final String id;
  private final Supplier<String> signIn;
  private volatile String token;

  /**
   * Somebody who has signed in.
   *
   * @param signIn gives another token; may fail
   */
  Actor(String id, String token, Supplier<String> signIn) {
    this.id = id;
    this.token = token;
    this.signIn = signIn;
  }

  String id() {
    return id;
  }

  String token() {
    return token;
  }

  /** Signs in again, unless somebody else did since that token was current. */
  synchronized void renew(String refused) {
    if (token.equals(refused)) {
      token = signIn.get();
    }
  }
}
