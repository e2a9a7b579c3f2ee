package app.heyblue.security.keys;

import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers this room's migrations. */
@ApplicationScoped
class Schema {
  @Produces
  @Singleton
  SchemaMigrations migrations() {
    return new SchemaMigrations("security");
  }
}
