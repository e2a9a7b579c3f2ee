package app.heyblue.qr.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class QrImageTest {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private final Random random = new Random(42);

  @Test
  void aReaderGetsTheTextBackFromThePng() throws Exception {
    for (int i = 0; i < 60; i++) {
      String text = randomToken();
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(QrImage.of(text).png()));
      assertThat(image.getWidth()).isEqualTo(image.getHeight()).isGreaterThanOrEqualTo(300);
      assertThat(read(image)).isEqualTo(text);
    }
  }

  @Test
  void aReaderGetsTheTextBackFromASmudgedScreen() throws Exception {
    String text = randomToken();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(QrImage.of(text).png()));
    BufferedImage photo =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = photo.createGraphics();
    pen.drawImage(image, 0, 0, null);
    pen.setColor(Color.LIGHT_GRAY);
    pen.fillOval(150, 170, 40, 40);
    pen.dispose();
    assertThat(read(photo)).isEqualTo(text);
  }

  @Test
  void thePngHasOneBitPerPixel() {
    byte[] png = QrImage.of(randomToken()).png();
    ByteBuffer header = ByteBuffer.wrap(png);
    assertThat(header.getInt(12)).isEqualTo(0x49484452); // IHDR
    assertThat(header.get(24)).isEqualTo((byte) 1); // bit depth
    assertThat(header.get(25)).isEqualTo((byte) 0); // greyscale
    assertThat(png.length).isLessThan(3_000);
  }

  @Test
  void theSvgIsOnePathOnWhiteWithATitleForScreenReaders() throws Exception {
    Element svg = parse(QrImage.of(randomToken()).svg());
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getAttribute("viewBox")).matches("0 0 (\\d+) \\1");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
    assertThat(svg.getElementsByTagName("path").getLength()).isOne();
  }

  @Test
  void aReaderGetsTheTextBackFromTheSvg() throws Exception {
    String text = randomToken();
    Element svg = parse(QrImage.of(text).svg());
    int modules = Integer.parseInt(svg.getAttribute("viewBox").split(" ")[2]);
    int scale = 8;
    BufferedImage image =
        new BufferedImage(modules * scale, modules * scale, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    pen.setColor(Color.BLACK);
    pen.scale(scale, scale);
    pen.fill(runs(((Element) svg.getElementsByTagName("path").item(0)).getAttribute("d")));
    pen.dispose();
    assertThat(read(image)).isEqualTo(text);
  }

  private static Path2D runs(String data) {
    Path2D path = new Path2D.Double();
    Pattern run = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z");
    assertThat(run.matcher(data).replaceAll("")).isEmpty();
    for (MatchResult match : run.matcher(data).results().toList()) {
      path.append(
          new java.awt.Rectangle(
              Integer.parseInt(match.group(1)),
              Integer.parseInt(match.group(2)),
              Integer.parseInt(match.group(3)),
              1),
          false);
    }
    return path;
  }

  private static Element parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }

  private static String read(BufferedImage image) throws Exception {
    LuminanceSource source = new BufferedImageLuminanceSource(image);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true))
        .getText();
  }

  private String randomToken() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 162; i++) {
      text.append(LETTERS.charAt(random.nextInt(32)));
    }
    return text.toString();
  }
}
