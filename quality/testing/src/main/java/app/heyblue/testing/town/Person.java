package app.heyblue.testing.town;

/**
 * Somebody who can act.
 *
 * @param token good for 15 minutes; {@link Townspeople#signIn} gives another
 */
public record Person(String userId, String token, String email, String password, String deviceId) {}
