package app.heyblue.catalogs.search;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.IndexWriter;

/** Puts charities into an index; what isn't shown in the end was never there. For one thread. */
final class Filling implements Closeable {
  private final IndexWriter writer;
  private final Documents documents = new Documents();
  private long count;

  Filling(IndexWriter writer) {
    this.writer = writer;
  }

  /** A charity that the index doesn't have. */
  void add(IndexedCharity charity) {
    try {
      writer.addDocument(documents.of(charity));
      count++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void apply(CatalogRows.Change change) {
    try {
      IndexedCharity charity = change.charity();
      if (charity == null) {
        writer.deleteDocuments(Documents.term(change.ein()));
      } else {
        writer.updateDocument(Documents.term(change.ein()), documents.of(charity));
      }
      count++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long count() {
    return count;
  }

  /** Writes everything to disk and merges it, so that little is left to do for the commit. */
  void flush() throws IOException {
    writer.flush();
  }

  void showIn(IndexFolder folder, Stand stand) throws IOException {
    folder.show(writer, stand);
  }

  @Override
  public void close() throws IOException {
    if (writer.isOpen()) {
      writer.rollback();
    }
  }
}
