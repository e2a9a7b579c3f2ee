package app.heyblue.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  static String description() throws IOException {
    return "%s, %d processors, %d GiB of memory, %s, Java %s, load %.1f"
        .formatted(
            field("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            (kib("/proc/meminfo", "MemTotal") + (1 << 19)) >> 20,
            System.getProperty("os.name") + " " + System.getProperty("os.version"),
            Runtime.version(),
            java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                .getSystemLoadAverage());
  }

  /** The most memory that a process has had, in MiB; 0 where that can't be known. */
  static long peakMib(long pid) throws IOException {
    return kib("/proc/" + pid + "/status", "VmHWM") / 1024;
  }

  /** The memory that a process holds now, in MiB. */
  static long residentMib(long pid) throws IOException {
    return kib("/proc/" + pid + "/status", "VmRSS") / 1024;
  }

  /** What a process holds, with its share of what it shares, in KiB. */
  static long proportionalKib(long pid) throws IOException {
    return kib("/proc/" + pid + "/smaps_rollup", "Pss:");
  }

  /** How many files and sockets a process may have open. */
  static long mostFiles() throws IOException {
    String[] limits = field("/proc/self/limits", "Max open files").split("\\s{2,}");
    return limits.length < 2 || limits[1].equals("unlimited")
        ? Long.MAX_VALUE
        : Long.parseLong(limits[1]);
  }

  private static long kib(String file, String name) throws IOException {
    String digits = field(file, name).replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private static String field(String file, String name) throws IOException {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return System.getProperty("os.arch", "");
    }
    for (String line : Files.readString(path).split("\n")) {
      if (line.startsWith(name)) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "";
  }
}
