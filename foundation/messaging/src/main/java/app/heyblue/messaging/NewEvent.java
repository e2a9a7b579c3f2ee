package app.heyblue.messaging;

/**
 * An event to append.
 *
 * @param type its CloudEvents type, {@code app.heyblue.<subject>.<verb>.v<n>}
 * @param key events of one key keep their order; an id, never personal data
 * @param data what happened, a record that Jackson can write; personal text only as ciphertext
 */
public record NewEvent(String type, String key, Object data) {}
