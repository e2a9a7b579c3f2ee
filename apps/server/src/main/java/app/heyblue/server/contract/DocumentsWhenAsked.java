package app.heyblue.server.contract;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/** Marks the framework's service of OpenAPI documents, while the server is built. */
public final class DocumentsWhenAsked implements BuildCompatibleExtension {
  /** Called by the container. */
  @Enhancement(types = OpenApiDocumentService.class)
  public void mark(ClassConfig service) {
    service.addAnnotation(WhenAsked.class);
  }
}
