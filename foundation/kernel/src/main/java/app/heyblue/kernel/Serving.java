package app.heyblue.kernel;

/**
 * The event that the server answers requests from now on. What only makes later requests quicker
 * waits for it, so that the first isn't kept waiting by it.
 */
public record Serving() {}
