package app.heyblue.server.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine: Java and memory. */
final class MachineChecks {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final long MEGABYTE = 1_000_000;
  private static final long SCARCE = 300 * MEGABYTE;
  private static final long TOO_LITTLE = 100 * MEGABYTE;

  private MachineChecks() {}

  static void all(Examination examination) {
    examination.check(
        "java",
        () -> Finding.ok("java", Runtime.version() + " in " + System.getProperty("java.home")));
    examination.check("memory", () -> memory(available()));
  }

  static Finding memory(long free) {
    String text = free / MEGABYTE + " MB are free";
    if (free < TOO_LITTLE) {
      return Finding.sick(
          "memory", text + ", too little to go on; stop other programs, or get a larger machine.");
    }
    return free < SCARCE
        ? Finding.warning("memory", text + "; HeyBlue with its PostgreSQL takes about 400 MB.")
        : Finding.ok("memory", text + ".");
  }

  /** What programs could still have, where the system tells; else what nobody uses. */
  private static long available() {
    try {
      if (Files.exists(MEMINFO)) {
        for (String line : Files.readAllLines(MEMINFO)) {
          if (line.startsWith("MemAvailable:")) {
            return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
          }
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Then the JVM's own figure has to do.
    }
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getFreeMemorySize();
  }
}
