package app.heyblue.rules.postgres;

import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers this room's migrations. */
@ApplicationScoped
class RulesMigrations {
  @Produces
  @Singleton
  SchemaMigrations rules() {
    return new SchemaMigrations("rules");
  }
}
