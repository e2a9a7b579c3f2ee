package app.heyblue.users.activity;

import java.util.UUID;

/** A transaction and the one that reversed it. */
public record Reversed(UUID original, UUID by) {}
