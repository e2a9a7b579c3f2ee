package app.heyblue.catalogs.postgres;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a refresh can do to an entry. */
public enum ChangeKind {
  @JsonProperty("added")
  ADDED,
  @JsonProperty("changed")
  CHANGED,
  @JsonProperty("removed")
  REMOVED;

  static ChangeKind of(boolean before, boolean after) {
    return !before ? ADDED : after ? CHANGED : REMOVED;
  }
}
