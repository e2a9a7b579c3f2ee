package app.heyblue.server.doctor;

import app.heyblue.server.Installation;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The data folder, the room on its disk, and the key that lies in it. */
final class FolderChecks {
  private static final long MEGABYTE = 1_000_000;
  private static final long SCARCE = 1_000 * MEGABYTE;
  private static final long TOO_LITTLE = 200 * MEGABYTE;
  private static final long FEW_FILES = 20_000;
  private static final long TOO_FEW_FILES = 1_000;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");

  private FolderChecks() {}

  static void all(
      Examination examination, Installation installation, Map<String, String> environment) {
    Path home = installation.home();
    examination.check("folder", () -> folder(home));
    examination.check(
        "disk",
        () -> {
          Path existing = home;
          while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
          }
          return disk(existing.toFile().getUsableSpace(), existing.toFile().getTotalSpace());
        });
    Optional.ofNullable(environment.get("HEYBLUE_FREE_INODES"))
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::parseLong)
        .filter(free -> free > 0) // some file systems don't count them
        .ifPresent(free -> examination.check("inodes", () -> inodes(free)));
    examination.check(
        "master-key",
        () ->
            masterKey(
                Optional.ofNullable(environment.get("HEYBLUE_SECURITY_MASTER_KEY_FILE"))
                    .map(Path::of)
                    .orElse(home.resolve("keys").resolve("master.key")),
                Files.isDirectory(home.resolve("postgres").resolve("data"))
                    || environment.containsKey("HEYBLUE_DATABASE_URL")));
  }

  static Finding folder(Path home) {
    if (!Files.exists(home)) {
      return Finding.ok("folder", home + " will be made on the first start.");
    }
    try {
      if (!Files.getAttribute(home, "unix:uid").equals((int) new UnixSystem().getUid())) {
        String owner = Files.getOwner(home).getName();
        return Finding.sick("folder", home + " belongs to " + owner + "; act as " + owner + ".");
      }
      if (!Files.isWritable(home)) {
        return Finding.sick("folder", "Nothing can be written into " + home + ": chmod u+rwx it.");
      }
      return isOpen(home)
          ? Finding.warning("folder", "Others may look into it: chmod 700 " + home)
          : Finding.ok("folder", home + ", yours alone.");
    } catch (IOException | UnsupportedOperationException e) {
      // The latter where the file system knows no owners.
      return Finding.sick("folder", home + " can't be examined: " + e.getMessage());
    }
  }

  static Finding disk(long free, long total) {
    String text =
        "%.1f of %.1f GB are free".formatted(free / 1000.0 / MEGABYTE, total / 1000.0 / MEGABYTE);
    if (free < TOO_LITTLE) {
      return Finding.sick(
          "disk", text + ": PostgreSQL stops when nothing is left. Make room, or move the folder.");
    }
    return free < SCARCE || free < total / 20
        ? Finding.warning("disk", text + "; make room before PostgreSQL has to stop.")
        : Finding.ok("disk", text + ".");
  }

  static Finding inodes(long free) {
    String text = "%,d more files fit on the disk".formatted(free);
    if (free < TOO_FEW_FILES) {
      return Finding.sick("inodes", text + "; remove some, however small.");
    }
    return free < FEW_FILES
        ? Finding.warning("inodes", text + "; many small files somewhere use them up.")
        : Finding.ok("inodes", text + ".");
  }

  static Finding masterKey(Path file, boolean hasData) {
    if (!Files.exists(file)) {
      return hasData
          ? Finding.sick(
              "master-key",
              file
                  + " is missing, and without it nothing personal can be read. Put it back from"
                  + " its back-up before you start.")
          : Finding.ok("master-key", "It will be made on the first start.");
    }
    try {
      if (isOpen(file)) {
        return Finding.sick("master-key", "Others may read it: chmod 600 " + file);
      }
      long keys =
          Arrays.stream(Files.readString(file).split("\n"))
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .peek(FolderChecks::requireKey)
              .count();
      return keys == 0
          ? Finding.sick("master-key", file + " holds no key; put it back from its back-up.")
          : Finding.ok("master-key", "Readable, by you alone. Is there a back-up elsewhere?");
    } catch (IOException e) {
      return Finding.sick(
          "master-key", file + " can't be read (" + e.getClass().getSimpleName() + ").");
    } catch (IllegalArgumentException e) {
      return Finding.sick(
          "master-key",
          file + " holds something else than 32 bytes in base64; put it back from its back-up.");
    }
  }

  private static void requireKey(String line) {
    if (!KEY.matcher(line).matches()) {
      throw new IllegalArgumentException();
    }
  }

  private static boolean isOpen(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
  }
}
