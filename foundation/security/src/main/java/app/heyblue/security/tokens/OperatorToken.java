package app.heyblue.security.tokens;

import app.heyblue.security.SecurityConfig;
import app.heyblue.security.keys.PrivateFiles;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token of the command line: whoever may read the data folder is the operator. New at each
 * start, deleted at the stop, and good from this machine only; the HTTP side sees to that.
 */
@ApplicationScoped
public class OperatorToken {
  private final Optional<Path> file;
  private final SecureRandom random;
  private volatile byte @Nullable [] token;

  public OperatorToken(SecurityConfig config, SecureRandom random) {
    this.file = config.operatorTokenFile();
    this.random = random;
  }

  void start(@Observes @Priority(60) StartupEvent event) {
    file.ifPresent(this::make);
  }

  void stop(@Observes ShutdownEvent event) throws IOException {
    byte[] known = token;
    token = null;
    // A process that started on the same folder meanwhile has written its own.
    if (known != null && file.isPresent() && isIn(file.get(), known)) {
      Files.deleteIfExists(file.get());
    }
  }

  public boolean matches(String bearer) {
    byte[] known = token;
    return known != null && MessageDigest.isEqual(known, bearer.getBytes(StandardCharsets.UTF_8));
  }

  private void make(Path path) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    PrivateFiles.write(path, text);
    token = text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isIn(Path path, byte[] token) throws IOException {
    return Files.exists(path) && MessageDigest.isEqual(Files.readAllBytes(path), token);
  }
}
