package app.heyblue.security;

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
}
