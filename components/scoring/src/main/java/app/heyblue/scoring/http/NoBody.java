package app.heyblue.scoring.http;

/** A body that says nothing: none at all, or an empty object. */
public record NoBody() {}
