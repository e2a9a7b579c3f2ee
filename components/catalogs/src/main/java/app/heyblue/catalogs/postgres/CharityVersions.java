package app.heyblue.catalogs.postgres;

import org.jdbi.v3.core.Handle;

/** The charities' versions, as the ends of a refresh see them. */
final class CharityVersions implements Versions {
  private final GenerationTable generations = new GenerationTable();
  private final StagingTable staging = new StagingTable();
  private final Reversal reversal = new Reversal("charity", "ein");

  @Override
  public String pointer() {
    return "charities";
  }

  @Override
  public long visible(Handle tx) {
    return generations.visible(tx);
  }

  @Override
  public void clearStaging(Handle tx) {
    staging.clear(tx);
  }

  @Override
  public void show(Handle tx, long generation) {
    generations.show(tx, generation);
  }

  @Override
  public void discard(Handle tx, long generation) {
    generations.discard(tx, generation);
  }

  @Override
  public Reversal reversal() {
    return reversal;
  }

  @Override
  public void prune(Handle tx, long before) {
    tx.createUpdate("delete from catalogs.charity where until < :before")
        .bind("before", before)
        .execute();
  }
}
