package app.heyblue.rules.domain;

import app.heyblue.rules.LimitWindow;

/**
 * How often something is paid.
 *
 * @param max the most paid transactions in the window, 1 to 1,000,000,000
 */
public record Limit(Per per, LimitWindow window, long max) {}
