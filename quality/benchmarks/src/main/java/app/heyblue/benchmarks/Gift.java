package app.heyblue.benchmarks;

/** What a rule is asked about; public, as Drools compiles classes that read it. */
public record Gift(String giverKind, String recipientKind, long points) {}
