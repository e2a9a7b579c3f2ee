package app.heyblue.onboarding.providers;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.validators.IdValidator;
import app.heyblue.onboarding.validators.Verdict;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider outside, asked by a POST of what it needs and no more. What it says is held for its
 * word only: its texts go to reviewers, never to applicants, and its names to nobody.
 */
public final class HttpValidator implements IdValidator {
  /** The longest answer that is read, in octets. */
  static final int LONGEST_ANSWER = 16 * 1024;

  private final String name;
  private final URI url;
  private final Set<PartyKind> kinds;
  private final @Nullable String token;
  private final Duration timeLimit;
  private final HttpClient client;

  public HttpValidator(
      String name, URI url, Set<PartyKind> kinds, @Nullable String token, Duration timeLimit) {
    this.name = name;
    this.url = url;
    this.kinds = Set.copyOf(kinds);
    this.token = token;
    this.timeLimit = timeLimit;
    // Never redirected: the secret and the evidence are for this address.
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeLimit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public String name() {
    return "provider " + name;
  }

  @Override
  public Set<PartyKind> kinds() {
    return kinds;
  }

  @Override
  public Duration timeLimit() {
    return timeLimit;
  }

  @Override
  public Verdict validate(Candidate candidate) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(timeLimit)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(candidate)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return read(response, body);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the provider can't be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking a provider", e);
    }
  }

  private static String body(Candidate candidate) {
    try {
      return Json.mapper().writeValueAsString(ProviderQuestion.of(candidate));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Verdict read(HttpResponse<InputStream> response, InputStream body)
      throws IOException {
    int status = response.statusCode();
    if (status / 100 == 3) {
      return new Verdict.Undecided("It answered with a redirect, which isn't followed.");
    }
    if (status != 200) {
      throw new IOException("status " + status);
    }
    byte[] answer = body.readNBytes(LONGEST_ANSWER + 1);
    if (answer.length > LONGEST_ANSWER) {
      return new Verdict.Undecided("Its answer was too long to be read.");
    }
    return ProviderAnswer.verdict(answer);
  }
}
