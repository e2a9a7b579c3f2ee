package app.heyblue.qr.image;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrCode.Ecc;
import io.nayuki.qrcodegen.QrSegment;
import java.util.List;

/**
 * A QR code (ISO/IEC 18004) with error correction of level M, which forgives about 15 % of smudges,
 * inside the quiet zone of four modules that readers need.
 */
public final class QrImage {
  static final int QUIET_ZONE = 4;
  private static final int MIN_PIXELS = 300;

  private final QrCode code;

  private QrImage(QrCode code) {
    this.code = code;
  }

  /**
   * The image of a text in the alphanumeric mode.
   *
   * @throws IllegalArgumentException where a letter isn't in that mode's alphabet
   */
  public static QrImage of(String text) {
    return new QrImage(
        QrCode.encodeSegments(List.of(QrSegment.makeAlphanumeric(text)), Ecc.MEDIUM));
  }

  /** The width and height in modules, with the quiet zone. */
  private int modules() {
    return code.size + 2 * QUIET_ZONE;
  }

  /** PNG, at least 300 pixels wide, each module a whole number of pixels. */
  public byte[] png() {
    int scale = (MIN_PIXELS + modules() - 1) / modules();
    return OneBitPng.of(modules(), scale, (x, y) -> code.getModule(x - QUIET_ZONE, y - QUIET_ZONE));
  }

  /** SVG that scales to any size: one path of horizontal runs, black on white. */
  public String svg() {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          int start = x;
          while (code.getModule(x + 1, y)) {
            x++;
          }
          int run = x - start + 1;
          path.append('M').append(start + QUIET_ZONE).append(' ').append(y + QUIET_ZONE);
          path.append('h').append(run).append("v1h-").append(run).append('z');
        }
      }
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" role="img" \
        shape-rendering="crispEdges"><title>HeyBlue QR code, to be scanned by an officer</title>\
        <rect width="%1$d" height="%1$d" fill="#fff"/><path fill="#000" d="%2$s"/></svg>"""
        .formatted(modules(), path);
  }
}
