package app.heyblue.postgres.migrations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of one schema: the files of one folder of the class path, read at once. Flyway
 * would look through the class path for itself several times.
 */
public final class MigrationFiles implements ResourceProvider {
  private final SortedMap<String, MigrationFile> files;

  private MigrationFiles(SortedMap<String, MigrationFile> files) {
    this.files = files;
  }

  /** Whether the class path has migrations of the schema. */
  public static boolean exist(String schema) {
    return folder(schema) != null;
  }

  /**
   * Reads {@code db/<schema>/*.sql}.
   *
   * @throws IllegalStateException where there are none
   */
  public static MigrationFiles of(String schema) {
    URL folder = folder(schema);
    SortedMap<String, MigrationFile> files = new TreeMap<>();
    try {
      if (folder != null) {
        read(folder, files);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files.isEmpty()) {
      throw new IllegalStateException("no migrations in db/" + schema);
    }
    return new MigrationFiles(files);
  }

  /** SHA-256 over names and contents, as hexadecimal digits. */
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (MigrationFile file : files.values()) {
        digest.update(
            (file.getFilename() + "\0" + file.content().length + "\0")
                .getBytes(StandardCharsets.UTF_8));
        digest.update(file.content());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return files.get(name);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return files.values().stream()
        .filter(file -> file.getFilename().startsWith(prefix))
        .filter(file -> List.of(suffixes).stream().anyMatch(file.getFilename()::endsWith))
        .map(LoadableResource.class::cast)
        .toList();
  }

  private static @Nullable URL folder(String schema) {
    return Thread.currentThread().getContextClassLoader().getResource("db/" + schema);
  }

  private static void read(URL folder, SortedMap<String, MigrationFile> files) throws IOException {
    URLConnection connection = folder.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection jar) {
      try (JarFile content = jar.getJarFile()) {
        readJar(content, jar.getEntryName(), files);
      }
    } else {
      readFolder(Path.of(URI.create(folder.toString())), files);
    }
  }

  private static void readJar(JarFile jar, String folder, SortedMap<String, MigrationFile> files)
      throws IOException {
    String prefix = folder.endsWith("/") ? folder : folder + "/";
    for (var entry : (Iterable<java.util.jar.JarEntry>) jar.stream()::iterator) {
      String name = entry.getName();
      if (name.startsWith(prefix) && name.endsWith(".sql")) {
        try (InputStream in = jar.getInputStream(entry)) {
          add(name.substring(prefix.length()), in.readAllBytes(), files);
        }
      }
    }
  }

  private static void readFolder(Path folder, SortedMap<String, MigrationFile> files)
      throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString();
        if (name.endsWith(".sql")) {
          add(name, Files.readAllBytes(path), files);
        }
      }
    }
  }

  private static void add(String name, byte[] content, SortedMap<String, MigrationFile> files) {
    files.put(name, new MigrationFile(name, content));
  }
}
