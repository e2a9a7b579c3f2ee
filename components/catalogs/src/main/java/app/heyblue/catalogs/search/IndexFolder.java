package app.heyblue.catalogs.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The index's folder. Searches see the last commit, which Lucene writes whole or not at all; a
 * folder that can't be read is emptied.
 */
final class IndexFolder implements Closeable {
  private static final Logger LOG = Logger.getLogger(IndexFolder.class);

  /** Of the heap, while an index is written. */
  private static final double BUFFER_MIB = 24;

  private final Path path;
  private final Directory directory;
  private volatile @Nullable SearcherManager searchers;

  private IndexFolder(Path path, Directory directory) {
    this.path = path;
    this.directory = directory;
  }

  /** Opens what is there, once its checksums are found right. */
  static IndexFolder open(Path path) throws IOException {
    Files.createDirectories(path);
    IndexFolder folder = new IndexFolder(path, FSDirectory.open(path));
    folder.openSearchers();
    return folder;
  }

  private void openSearchers() throws IOException {
    try {
      if (DirectoryReader.indexExists(directory)) {
        SearcherManager opened = new SearcherManager(directory, new Searchers());
        searchers = opened;
        if (stand().isEmpty()) {
          LOG.info("The search index is of another version of HeyBlue and is built anew");
          empty();
        } else {
          requireIntact(opened);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warnf("The search index in %s can't be read and is built anew: %s", path, e);
      empty();
    }
  }

  private static void requireIntact(SearcherManager searchers) throws IOException {
    IndexSearcher searcher = searchers.acquire();
    try {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        ((CodecReader) leaf.reader()).checkIntegrity();
      }
    } finally {
      searchers.release(searcher);
    }
  }

  /** Throws everything away. */
  void empty() throws IOException {
    SearcherManager before = searchers;
    searchers = null;
    if (before != null) {
      before.close();
    }
    for (String file : directory.listAll()) {
      directory.deleteFile(file);
    }
  }

  /** Which state of the catalog can be searched; none where there is no index. */
  Optional<Stand> stand() throws IOException {
    return search(IndexFolder::standOf);
  }

  /** Whether searches are answered from this state of the index, and not from a later one. */
  @SuppressWarnings("ReferenceEquality") // a reader is itself, and no other
  boolean shows(IndexReader reader) throws IOException {
    return search(searcher -> searcher.getIndexReader() == reader).orElse(false);
  }

  static @Nullable Stand standOf(IndexSearcher searcher) throws IOException {
    return Stand.of(((DirectoryReader) searcher.getIndexReader()).getIndexCommit().getUserData());
  }

  /** A search, or anything that reads one state of the index. */
  interface Search<T> {
    @Nullable T run(IndexSearcher searcher) throws IOException;
  }

  /** Runs a search; empty where there is no index. */
  <T> Optional<T> search(Search<T> search) throws IOException {
    SearcherManager current = searchers;
    if (current == null) {
      return Optional.empty();
    }
    IndexSearcher searcher = current.acquire();
    try {
      return Optional.ofNullable(search.run(searcher));
    } finally {
      current.release(searcher);
    }
  }

  /** What is written is seen by nobody before {@link #show}. */
  IndexWriter write(boolean anew) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig(null)
            .setOpenMode(anew ? OpenMode.CREATE : OpenMode.APPEND)
            .setSimilarity(new ShortNamesFirst())
            .setRAMBufferSizeMB(BUFFER_MIB)
            // On the thread that writes: what is shown is merged, and nothing goes on behind it.
            .setMergeScheduler(new SerialMergeScheduler())
            .setCommitOnClose(false);
    return new IndexWriter(directory, config);
  }

  /** Commits, and lets the next searches see it. */
  void show(IndexWriter writer, Stand stand) throws IOException {
    writer.setLiveCommitData(stand.text().entrySet());
    writer.commit();
    writer.close();
    SearcherManager current = searchers;
    if (current == null) {
      searchers = new SearcherManager(directory, new Searchers());
    } else {
      current.maybeRefreshBlocking();
    }
  }

  @Override
  public void close() throws IOException {
    SearcherManager current = searchers;
    searchers = null;
    if (current != null) {
      current.close();
    }
    directory.close();
  }

  private static final class Searchers extends SearcherFactory {
    @Override
    public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setSimilarity(new ShortNamesFirst());
      // A query is asked once; keeping its answers would only fill the heap.
      searcher.setQueryCache(null);
      return searcher;
    }
  }
}
