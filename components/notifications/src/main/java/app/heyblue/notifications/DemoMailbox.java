package app.heyblue.notifications;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mailbox of the demo town, where one reads what the mails would have said. */
public interface DemoMailbox {
  /** A mail as the contract's {@code /demo/mailbox} shows it. */
  record Item(String subject, @Nullable String code, Instant sentAt) {}

  /** What was sent to an address, newest first. */
  List<Item> read(String email);
}
