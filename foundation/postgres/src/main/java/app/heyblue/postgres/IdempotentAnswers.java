package app.heyblue.postgres;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.UserId;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
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
              if (!MessageDigest.isEqual(digest, row.getBytes(1))) {
                throw CommonProblems.IDEMPOTENCY_KEY_REUSED.raise(
                    "This key came with another body before. Use a new key for a new intention.");
              }
              return read(row.getString(2), answer);
            })
        .findOne();
  }

  /** Keeps the answer; call in the transaction that {@link #claim}ed the key. */
  public void keep(Handle tx, UserId user, IdempotencyKey key, byte[] digest, Object answer) {
    try {
      tx.createUpdate(
              "insert into "
                  + table
                  + " (user_id, key, digest, answer) values (:user, :key, :digest, :answer::jsonb)")
          .bind("user", user.value())
          .bind("key", key.value())
          .bind("digest", digest)
          .bind("answer", Json.mapper().writeValueAsString(answer))
          .execute();
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
