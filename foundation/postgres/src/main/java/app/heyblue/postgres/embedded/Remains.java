package app.heyblue.postgres.embedded;

import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.postgres.EmbeddedInspection;
import app.heyblue.postgres.EmbeddedInspection.ControlState;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at the files of an embedded database. */
public final class Remains {
  private static final int STATE_AT = 16; // in pg_control, after identifier and two versions
  private static final int EXCERPT = 20_000;
  private static final int COMPLAINTS = 3;
  private static final Pattern BAD = Pattern.compile(" (?:FATAL|PANIC): ");
  // What clients meet while it starts and stops, which is no illness.
  private static final Pattern USUAL =
      Pattern.compile("the database system is|terminating connection due to administrator");

  private Remains() {}

  /** Looks at what lies in {@code root}. */
  public static EmbeddedInspection inspect(Path root) {
    Home home = new Home(root);
    try {
      boolean made = Files.isDirectory(home.data());
      PostmasterFile file = PostmasterFile.read(home.data());
      Optional<Long> server =
          Optional.ofNullable(file).flatMap(PostmasterFile::server).map(ProcessHandle::pid);
      return new EmbeddedInspection(
          made,
          made ? foreignOwner(home.data()) : Optional.empty(),
          made ? text(home.data().resolve("PG_VERSION")) : "",
          Binaries.major(),
          Binaries.areUnpacked(home.binaries()),
          holder(home.lock()),
          server,
          file == null || server.isPresent() ? Optional.empty() : Optional.of(file.pid()),
          state(home.data().resolve("global").resolve("pg_control")),
          complaints(home.log()),
          server.isPresent() ? url(home) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(Folders.reason(e), e);
    }
  }

  private static Optional<String> foreignOwner(Path data) throws IOException {
    return Files.getAttribute(data, "unix:uid").equals((int) new UnixSystem().getUid())
        ? Optional.empty()
        : Optional.of(Files.getOwner(data).getName());
  }

  private static Optional<String> holder(Path lock) throws IOException {
    if (!Files.exists(lock)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        @Nullable FileLock mine = channel.tryLock()) {
      return mine == null ? Optional.of(text(lock)) : Optional.empty();
    }
  }

  private static Optional<DatabaseUrl> url(Home home) {
    String port = text(home.port());
    String password = text(home.password());
    return port.isEmpty() || password.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DatabaseUrl(
                "jdbc:postgresql://127.0.0.1:%s/%s".formatted(port, Cluster.DATABASE),
                Cluster.USER,
                password));
  }

  private static ControlState state(Path control) {
    try {
      byte[] bytes = Files.readAllBytes(control);
      return switch (ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(STATE_AT)) {
        case 1, 2 -> ControlState.SHUT_DOWN;
        case 6 -> ControlState.IN_PRODUCTION;
        case 0, 3, 4, 5 -> ControlState.BETWEEN;
        default -> ControlState.UNKNOWN;
      };
    } catch (IOException | IndexOutOfBoundsException e) {
      return ControlState.UNKNOWN;
    }
  }

  private static List<String> complaints(Path log) throws IOException {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (FileChannel in = FileChannel.open(log, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate((int) Math.min(EXCERPT, in.size()));
      in.read(end, in.size() - end.capacity());
      List<String> bad =
          new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> BAD.matcher(line).find() && !USUAL.matcher(line).find())
              .toList();
      return bad.subList(Math.max(0, bad.size() - COMPLAINTS), bad.size());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
