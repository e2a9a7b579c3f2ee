package app.heyblue.catalogs.sources;

import app.heyblue.catalogs.CatalogName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A configured source of files.
 *
 * @param address a path, or an address over HTTP, which may carry a user and password
 */
public record Source(CatalogName catalog, String name, String address) {
  private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

  /**
   * @throws IllegalArgumentException where the address is neither
   */
  public Source {
    if (WITH_SCHEME.matcher(address).matches()) {
      requireHttp(uri(address));
    } else {
      try {
        var _ = Path.of(address);
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("its path is none");
      }
    }
  }

  /** The address over HTTP, with whatever it carries; empty for a path. */
  public Optional<URI> uri() {
    return WITH_SCHEME.matcher(address).matches() ? Optional.of(uri(address)) : Optional.empty();
  }

  /** The path; only where there is no {@link #uri}. */
  public Path path() {
    return Path.of(address);
  }

  /** The address for people: without user, password, query and fragment, which may be secrets. */
  public String shown() {
    return uri()
        .map(
            uri ->
                uri.getScheme()
                    + "://"
                    + uri.getHost()
                    + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                    + uri.getRawPath())
        .orElse(address);
  }

  /** SHA-256 of the address, by which it's known again. */
  public byte[] fingerprint() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whoever prints a source prints no password. */
  @Override
  public String toString() {
    return catalog + "/" + name;
  }

  private static URI uri(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      // Its message quotes the address, which may hold a password.
      throw new IllegalArgumentException("its address is none");
    }
  }

  private static void requireHttp(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("its address begins with neither http:// nor https://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("its address names no host");
    }
  }
}
