package app.heyblue.server;

import app.heyblue.kernel.Unrecorded;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Traces a share of the requests, and none that would tell where somebody is, whoever asks for it.
 */
record QuietSampler(Sampler others) implements Sampler {
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

  /** Offers it to the framework. */
  @Singleton
  static class Offer {
    @Produces
    @Singleton
    Sampler sampler(
        @ConfigProperty(name = "quarkus.otel.traces.sampler.arg", defaultValue = "0.1")
            double share) {
      return new QuietSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)));
    }
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    String path = attributes.get(PATH);
    return path != null && Unrecorded.covers(path)
        ? SamplingResult.drop()
        : others.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "quiet " + others.getDescription();
  }
}
