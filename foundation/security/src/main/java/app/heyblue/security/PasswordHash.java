package app.heyblue.security;

/** An Argon2id hash in PHC string form; never logged. */
public record PasswordHash(String phc) {
  @Override
  public String toString() {
    return "PasswordHash[…]";
  }
}
