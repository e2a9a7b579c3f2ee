package app.heyblue.postgres.migrations;

import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.flywaydb.core.api.resource.LoadableResource;

/** One migration, as Flyway takes it. */
final class MigrationFile extends LoadableResource {
  private final String name;
  private final byte[] content;

  MigrationFile(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  byte[] content() {
    return content;
  }

  @Override
  public Reader read() {
    return new StringReader(new String(content, StandardCharsets.UTF_8));
  }

  @Override
  public String getAbsolutePath() {
    return name;
  }

  @Override
  public String getAbsolutePathOnDisk() {
    return name;
  }

  @Override
  public String getFilename() {
    return name;
  }

  @Override
  public String getRelativePath() {
    return name;
  }
}
