package app.heyblue.scenarios;

import com.uber.h3core.H3Core;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Coordinates, in all the forms that a program could have left them in: as decimal text of 5 digits
 * after the point (a metre) in three encodings, as IEEE 754 doubles of degrees and radians in both
 * byte orders, as fixed point, and as H3 cells finer than the published ones.
 */
final class Needles {
  /** So few bytes occur by chance, so one find says nothing. */
  private static final int SHORT = 4;

  /** How many places must be found whole in one short form before it's no chance any more. */
  private static final int NO_CHANCE = 3;

  private static final int FIRST_FINE = 9;
  private static final int FINEST = 15;
  private static final int WINDOW = 64;
  private static final int CHUNK = 1 << 20;

  private final List<Needle> needles = new ArrayList<>();
  private final Map<Integer, List<Needle>> byStart = new HashMap<>();
  private final BitSet starts = new BitSet(1 << 16);

  /**
   * One form of one coordinate.
   *
   * @param place the number of the place
   * @param axis which coordinate of it
   */
  private record Needle(int place, String axis, String form, byte[] bytes) {
    String name() {
      return form + " of the " + axis + " of place " + place;
    }
  }

  /**
   * The forms of places, each a latitude and a longitude with at least 7 digits after the point.
   */
  static Needles of(List<double[]> places) {
    Needles needles = new Needles();
    for (int i = 0; i < places.size(); i++) {
      double[] place = places.get(i);
      needles.add(i, "latitude", place[0]);
      needles.add(i, "longitude", place[1]);
      needles.addCells(i, place[0], place[1]);
    }
    return needles;
  }

  private void add(int place, String axis, double exact) {
    String text = String.format(Locale.ROOT, "%.9f", exact);
    text = text.substring(0, text.indexOf('.') + 6);
    for (Charset charset :
        List.of(
            StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      add(place, axis, "text in " + charset, text.getBytes(charset));
    }
    double rounded = Math.round(exact * 1e7) / 1e7;
    for (double value : new double[] {exact, rounded}) {
      addLong(place, axis, "double", Double.doubleToRawLongBits(value));
      addLong(place, axis, "radians", Double.doubleToRawLongBits(Math.toRadians(value)));
    }
    for (int digits : new int[] {5, 6, 7}) {
      int fixed = (int) Math.round(exact * Math.pow(10, digits));
      String form = "fixed point of " + digits + " digits";
      add(place, axis, form, bytes(ByteOrder.BIG_ENDIAN).putInt(fixed));
      add(place, axis, form + ", reversed", bytes(ByteOrder.LITTLE_ENDIAN).putInt(fixed));
    }
  }

  private void addCells(int place, double latitude, double longitude) {
    H3Core h3;
    try {
      h3 = H3Core.newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int resolution = FIRST_FINE; resolution <= FINEST; resolution++) {
      long cell = h3.latLngToCell(latitude, longitude, resolution);
      addLong(place, "cell", "resolution " + resolution, cell);
      byte[] text = Long.toHexString(cell).getBytes(StandardCharsets.ISO_8859_1);
      add(place, "cell", "text of resolution " + resolution, text);
    }
  }

  private void addLong(int place, String axis, String form, long value) {
    add(place, axis, form, bytes(ByteOrder.BIG_ENDIAN).putLong(value));
    add(place, axis, form + ", reversed", bytes(ByteOrder.LITTLE_ENDIAN).putLong(value));
  }

  private static ByteBuffer bytes(ByteOrder order) {
    return ByteBuffer.allocate(8).order(order);
  }

  private void add(int place, String axis, String form, ByteBuffer written) {
    byte[] bytes = new byte[written.position()];
    written.flip().get(bytes);
    add(place, axis, form, bytes);
  }

  private void add(int place, String axis, String form, byte[] bytes) {
    Needle needle = new Needle(place, axis, form, bytes);
    needles.add(needle);
    int start = ByteBuffer.wrap(bytes).getInt();
    byStart.computeIfAbsent(start, any -> new ArrayList<>()).add(needle);
    starts.set(start >>> 16);
  }

  /** What is found in any file below a folder, by the file's name. */
  Map<String, Set<String>> findBelow(Path folder) throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Set<String> here = find(file);
        if (!here.isEmpty()) {
          found.put(folder.relativize(file).toString(), here);
        }
      }
    }
    return found;
  }

  /** What is found in a file. */
  Set<String> find(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
      return find(in);
    }
  }

  /** What is found in text. */
  Set<String> find(String text) throws IOException {
    return find(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Set<String> find(InputStream in) throws IOException {
    Set<String> found = new TreeSet<>();
    Map<String, Map<Integer, Set<String>>> shorts = new HashMap<>();
    byte[] buffer = new byte[CHUNK + WINDOW];
    int kept = 0;
    while (true) {
      int read = in.readNBytes(buffer, kept, CHUNK);
      int end = kept + read;
      boolean last = read < CHUNK;
      int until = last ? end - SHORT + 1 : end - WINDOW;
      for (int i = 0; i < until; i++) {
        look(buffer, i, end, found, shorts);
      }
      if (last) {
        break;
      }
      kept = WINDOW;
      System.arraycopy(buffer, end - WINDOW, buffer, 0, WINDOW);
    }
    shorts.forEach(
        (form, places) -> {
          long whole = places.values().stream().filter(axes -> axes.size() == 2).count();
          if (whole >= NO_CHANCE) {
            found.add(form + " of " + whole + " places");
          }
        });
    return found;
  }

  private void look(
      byte[] buffer,
      int at,
      int end,
      Set<String> found,
      Map<String, Map<Integer, Set<String>>> shorts) {
    int high = (buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff;
    if (!starts.get(high)) {
      return;
    }
    int start = high << 16 | (buffer[at + 2] & 0xff) << 8 | buffer[at + 3] & 0xff;
    for (Needle needle : byStart.getOrDefault(start, List.of())) {
      int length = needle.bytes().length;
      if (at + length <= end
          && java.util.Arrays.equals(buffer, at, at + length, needle.bytes(), 0, length)) {
        if (length > SHORT) {
          found.add(needle.name());
        } else {
          shorts
              .computeIfAbsent(needle.form(), any -> new HashMap<>())
              .computeIfAbsent(needle.place(), any -> new TreeSet<>())
              .add(needle.axis());
        }
      }
    }
  }
}
