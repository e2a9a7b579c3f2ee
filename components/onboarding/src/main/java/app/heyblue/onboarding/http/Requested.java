package app.heyblue.onboarding.http;

import java.util.UUID;

/**
 * A mailed code was asked for.
 *
 * @param id where the code is to be sent
 */
record Requested(UUID id) {}
