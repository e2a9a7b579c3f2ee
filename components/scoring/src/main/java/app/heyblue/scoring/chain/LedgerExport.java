package app.heyblue.scoring.chain;

import app.heyblue.postgres.Database;
import app.heyblue.scoring.domain.Head;
import app.heyblue.scoring.domain.LedgerLine;
import app.heyblue.scoring.postgres.ChainTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes the ledger out as {@code docs/reference/ledger-export.md} says: for checking by anybody,
 * without telling who is who.
 *
 * <p>Everything up to a signed head is final, so that reading it part by part gives one consistent
 * whole, in bounded memory and without a transaction or connection that a slow reader holds open.
 */
@ApplicationScoped
public class LedgerExport {
  private static final int PART = 500;

  private final Database database;
  private final HeadSigner signer;

  public LedgerExport(Database database, HeadSigner signer) {
    this.database = database;
    this.signer = signer;
  }

  /** Writes everything up to the newest head, whose line is the last. */
  public void write(OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    write(
        buffered,
        new LedgerLine.Start(new LedgerLine.Ledger(LedgerLine.FORMAT, signer.publicKey())));
    Optional<Head> newest = database.read(ChainTable::newestHead);
    if (newest.isPresent()) {
      for (Head empty : database.read(tx -> ChainTable.heads(tx, 1, 1))) {
        write(buffered, new LedgerLine.Sealed(empty));
      }
      writeLinks(buffered, newest.get().position());
    }
    buffered.flush();
  }

  private void writeLinks(OutputStream out, long upTo) throws IOException {
    long after = 0;
    while (after < upTo) {
      long from = after;
      List<ChainTable.Exported> part = database.read(tx -> ChainTable.part(tx, from, upTo, PART));
      if (part.isEmpty()) {
        throw new IllegalStateException("the chain has a gap after position " + from);
      }
      for (ChainTable.Exported exported : part) {
        write(out, exported.link());
        if (exported.head() != null) {
          write(out, new LedgerLine.Sealed(exported.head()));
        }
      }
      after = part.getLast().link().position();
    }
  }

  private static void write(OutputStream out, LedgerLine line) throws IOException {
    out.write(line.bytes());
    out.write('\n');
  }
}
