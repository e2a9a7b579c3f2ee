package app.heyblue.server.demo;

import java.util.Map;

/**
 * What a new application can use, as {@code /demo/evidence} answers.
 *
 * @param email an address nobody has used
 * @param evidence the {@code evidence} of the application
 * @param displayName a name that fits the evidence, for charities the one in the catalog
 * @param zip a ZIP code that fits
 */
record DemoEvidence(String email, Map<String, String> evidence, String displayName, String zip) {}
