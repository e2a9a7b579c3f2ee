package app.heyblue.security;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The trail of every change of state: by whom, when, from where, with what outcome. Actor, address
 * and request are those of the request at hand; work without a request is the system's. An
 * officer's address is never kept.
 */
public interface Audit {
  /**
   * Records a change in the transaction that makes it.
   *
   * @param action what was done, {@code <thing>.<verb>}, for example {@code rule.activated}
   * @param subject the id of what was changed; never personal data
   * @param details further facts, none of them personal
   */
  void record(Handle tx, String action, String subject, Map<String, String> details);

  /** A change that will be recorded, with the request that asked for it. */
  interface Note {
    /** What is done, {@code <thing>.<verb>}. */
    String action();

    /** The id of what is changed. */
    String subject();

    /** Further facts, none of them personal. */
    Map<String, String> details();
  }

  /**
   * Notes a change of the request at hand, for another thread to make and to record. Reads the
   * database at times: call it outside a transaction.
   */
  default Note note(String action, String subject, Map<String, String> details) {
    record Plain(String action, String subject, Map<String, String> details) implements Note {}
    return new Plain(action, subject, details);
  }

  /** {@link #record} of noted changes, in the transaction that makes them. */
  default void recordAll(Handle tx, List<Note> notes) {
    notes.forEach(note -> record(tx, note.action(), note.subject(), note.details()));
  }
}
