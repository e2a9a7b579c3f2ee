package app.heyblue.security.keys;

/**
 * A key as the database holds it.
 *
 * @param by the id of the master key; empty where it was wrapped before there were several
 */
record Wrapped(byte[] bytes, String by) {}
