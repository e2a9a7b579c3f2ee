package app.heyblue.kernel.http;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** HTTP bodies use the product's one JSON dialect. */
@Singleton
class StrictJson implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    Json.strict(mapper);
  }
}
