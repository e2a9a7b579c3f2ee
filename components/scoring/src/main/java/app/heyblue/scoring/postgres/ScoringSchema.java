package app.heyblue.scoring.postgres;

import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers the room's migrations. */
@ApplicationScoped
public class ScoringSchema {
  @Produces
  @Singleton
  SchemaMigrations migrations() {
    return new SchemaMigrations("scoring");
  }
}
