package app.heyblue.catalogs.postgres;

import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers the migrations of the schema {@code catalogs}. */
@ApplicationScoped
public class CatalogSchema {
  @Produces
  @Singleton
  SchemaMigrations migrations() {
    return new SchemaMigrations("catalogs");
  }
}
