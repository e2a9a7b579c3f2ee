package app.heyblue.security.audit;

import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes the chained trail out, part by part, so that no connection waits for a slow reader: what
 * {@link app.heyblue.security.AuditVerifier} checks. Addresses stay sealed.
 */
@ApplicationScoped
public class AuditExport {
  private static final int PART = 500;
  private final Database database;
  private final AuditChain chain;

  public AuditExport(Database database, AuditChain chain) {
    this.database = database;
    this.chain = chain;
  }

  /** Writes the chain up to its newest head; links beyond it, which no program writes, too. */
  public void write(OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    write(buffered, new AuditLine.Start(new AuditLine.Audit(AuditLine.FORMAT, chain.publicKey())));
    Optional<ChainTable.Place> end = database.read(ChainTable::end);
    long upTo = end.map(ChainTable.Place::position).orElse(0L);
    long after = 0;
    while (after < upTo) {
      long from = after;
      List<ChainTable.Exported> part = database.read(tx -> ChainTable.part(tx, from, upTo, PART));
      for (ChainTable.Exported exported : part) {
        write(buffered, exported.link());
        if (exported.head() != null) {
          write(buffered, new AuditLine.Sealed(exported.head()));
        }
      }
      after = part.isEmpty() ? upTo : part.getLast().link().position();
    }
    buffered.flush();
  }

  private static void write(OutputStream out, AuditLine line) throws IOException {
    out.write(line.bytes());
    out.write('\n');
  }
}
