package app.heyblue.tracking.postgres;

import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers the room's migrations. */
@ApplicationScoped
class TrackingSchema {
  @Produces
  @Singleton
  SchemaMigrations migrations() {
    return new SchemaMigrations("tracking");
  }
}
