package app.heyblue.benchmarks;

import app.heyblue.kernel.UserId;
import app.heyblue.qr.QrCode;
import app.heyblue.qr.token.SignedQrCodes;
import app.heyblue.security.HouseKeys;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.EncodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.imageio.ImageIO;

/**
 * Codes a second on one thread: ours signed, as PNG and as SVG; the peer's bare, by ZXing and
 * ImageIO with as many pixels.
 */
final class QrBench {
  private static final int SAMPLE = 50;

  private final Consumer<String> results;

  QrBench(Consumer<String> results) {
    this.results = results;
  }

  void run() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    SignedQrCodes codes = new SignedQrCodes(Clock.systemUTC(), UUID::randomUUID, new OneKey(keys));
    UserId civilian = new UserId(UUID.randomUUID());
    for (int i = 0; i < SAMPLE; i++) {
      QrCode code = codes.issue(civilian);
      String read = read(ImageIO.read(new ByteArrayInputStream(code.png())));
      if (!read.equals(code.token())) {
        throw new IllegalStateException("another reader reads " + read);
      }
    }
    Bench.say("qr: ZXing reads all of %d codes of ours", SAMPLE);
    QrCode code = codes.issue(civilian);
    int pixels = ImageIO.read(new ByteArrayInputStream(code.png())).getWidth();
    double ours = Rate.perSecond(() -> codes.issue(civilian).png().length);
    double peer = Rate.perSecond(() -> bare(code.token(), pixels).length);
    results.accept(Bench.rates("qr", ours, peer));
  }

  private static byte[] bare(String text, int pixels) throws Exception {
    BitMatrix matrix =
        new QRCodeWriter()
            .encode(
                text,
                BarcodeFormat.QR_CODE,
                pixels,
                pixels,
                Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M));
    BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_BYTE_BINARY);
    for (int y = 0; y < pixels; y++) {
      for (int x = 0; x < pixels; x++) {
        image.setRGB(x, y, matrix.get(x, y) ? 0xff000000 : 0xffffffff);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private static String read(BufferedImage image) throws Exception {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))),
            Map.of(DecodeHintType.PURE_BARCODE, true))
        .getText();
  }

  private record OneKey(KeyPair keys) implements HouseKeys {
    @Override
    public SecretKey symmetric(String name) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public KeyPair ed25519(String name) {
      return keys;
    }

    @Override
    public KeyPair p256(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
