package app.heyblue.postgres;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.UserId;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What was answered to which key, in a table {@code <schema>.idempotent_answer} of the room that
 * answers. Key, digest and answer commit with the facts they tell, so that no "still running" mark
 * outlives a crash; refusals aren't kept.
 *
 * <p>The room's migration creates the table:
 *
 * <pre>{@code
 * create table idempotent_answer (
 *   user_id uuid not null, key text not null, digest bytea not null, answer jsonb not null,
 *   answered_at timestamptz not null default now(), primary key (user_id, key));
 * }</pre>
 */
public final class IdempotentAnswers {
  private final String table;

  public IdempotentAnswers(String schema) {
    if (!schema.matches("[a-z_]+")) {
      throw new IllegalArgumentException("not a schema: " + schema);
    }
    this.table = schema + ".idempotent_answer";
  }

  /** SHA-256 of a request's JSON, by which another body under the same key is noticed. */
  public static byte[] digest(Object request) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(Json.mapper().writeValueAsString(request).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Claims the key for this transaction and returns the earlier answer, if there is one.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code idempotency-key-in-use}) while another
   *     transaction holds the key, ({@code idempotency-key-reused}) for another body
   */
  public <T> Optional<T> claim(
      Handle tx, UserId user, IdempotencyKey key, byte[] digest, Class<T> answer) {
    boolean mine =
        tx.createQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
            .bind("name", table + "/" + user + "/" + key.value())
            .mapTo(Boolean.class)
            .one();
    if (!mine) {
      throw CommonProblems.IDEMPOTENCY_KEY_IN_USE.raise(
          "The first request with this key is still running. Repeat it in a moment.");
    }
    return tx.createQuery(
            "select digest, answer::text from " + table + " where user_id = :user and key = :key")
        .bind("user", user.value())
        .bind("key", key.value())
        .map(
            (row, context) -> {
              requireSame(row.getBytes(1), digest);
              return read(row.getString(2), answer);
            })
        .findOne();
  }

  /** Keeps the answer; call in the transaction that {@link #claim}ed the key. */
  public void keep(Handle tx, UserId user, IdempotencyKey key, byte[] digest, Object answer) {
    keepAll(tx, List.of(new Kept(user, key, digest, answer)));
  }

  /**
   * A key in use and what it was answered with.
   *
   * @param digest of the request, see {@link #digest}
   */
  public record Kept(UserId user, IdempotencyKey key, byte[] digest, Object answer) {
    /**
     * The answer, for the same request again.
     *
     * @throws app.heyblue.kernel.ProblemException ({@code idempotency-key-reused}) for another body
     */
    public Object to(byte[] requested) {
      requireSame(digest, requested);
      return answer;
    }
  }

  /** Whose key. */
  public record Owned(UserId user, IdempotencyKey key) {}

  /** What was answered before: the digest of the request then, and the answer's JSON. */
  public record Earlier(byte[] digest, String json) {
    /**
     * The answer again.
     *
     * @throws app.heyblue.kernel.ProblemException ({@code idempotency-key-reused}) for another body
     */
    public <T> T to(byte[] requested, Class<T> answer) {
      requireSame(digest, requested);
      return read(json, answer);
    }
  }

  /**
   * The earlier answers to many keys, without claiming these: {@link #keepAll} fails where another
   * transaction answers one of them meanwhile, and nothing is done twice.
   */
  public Map<Owned, Earlier> find(Handle tx, Collection<Owned> keys) {
    return tx.createQuery(
            """
            select user_id, key, digest, answer::text from %s
            join unnest(:users, :keys) as u(user_id, key) using (user_id, key)
            """
                .formatted(table))
        .bindArray("users", UUID.class, keys.stream().map(owned -> owned.user().value()).toList())
        .bindArray("keys", String.class, keys.stream().map(owned -> owned.key().value()).toList())
        .reduceRows(
            new HashMap<>(),
            (found, row) -> {
              found.put(
                  new Owned(
                      new UserId(row.getColumn("user_id", UUID.class)),
                      new IdempotencyKey(row.getColumn("key", String.class))),
                  new Earlier(
                      row.getColumn("digest", byte[].class),
                      row.getColumn("answer", String.class)));
              return found;
            });
  }

  /** {@link #keep} of many, in one statement. */
  public void keepAll(Handle tx, List<Kept> answers) {
    tx.createUpdate(
            """
            insert into %s (user_id, key, digest, answer)
            select user_id, key, decode(digest, 'hex'), answer::jsonb
            from unnest(:users, :keys, :digests, :answers) as u(user_id, key, digest, answer)
            order by user_id, key
            """
                .formatted(table))
        .bindArray("users", UUID.class, answers.stream().map(kept -> kept.user().value()).toList())
        .bindArray("keys", String.class, answers.stream().map(kept -> kept.key().value()).toList())
        .bindArray(
            "digests",
            String.class,
            answers.stream().map(kept -> HexFormat.of().formatHex(kept.digest())).toList())
        .bindArray(
            "answers", String.class, answers.stream().map(kept -> json(kept.answer())).toList())
        .execute();
  }

  private static void requireSame(byte[] kept, byte[] requested) {
    if (!MessageDigest.isEqual(kept, requested)) {
      throw CommonProblems.IDEMPOTENCY_KEY_REUSED.raise(
          "This key came with another body before. Use a new key for a new intention.");
    }
  }

  private static String json(Object answer) {
    try {
      return Json.mapper().writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept answer can't be read", e);
    }
  }
}
