package app.heyblue.notifications.domain;

import app.heyblue.notifications.Letter;

/** Who takes a letter to where its reader finds it: a mail server. */
public interface Carrier {
  /** Whether there is any way of sending. */
  boolean isConfigured();

  /** Hands the letter over; throws nothing that the letter or the server is to blame for. */
  Outcome carry(Letter letter);
}
