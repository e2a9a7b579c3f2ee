package app.heyblue.catalogs.search;

import org.jspecify.annotations.Nullable;

/** What the index is told of a charity. */
public record IndexedCharity(
    String ein,
    String name,
    String city,
    @Nullable String state,
    String zip,
    @Nullable String nteeCode) {}
