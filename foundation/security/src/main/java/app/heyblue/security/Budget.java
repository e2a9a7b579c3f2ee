package app.heyblue.security;

/** What a request is counted as, where requests of one person or address are limited. */
public enum Budget {
  /** Reads of little cost; what GET is counted as. */
  READ,

  /** Changes; what all other methods are counted as. */
  WRITE,

  /** Searches, of some milliseconds each. */
  SEARCH,

  /** What reads much, or starts long work. */
  COSTLY
}
