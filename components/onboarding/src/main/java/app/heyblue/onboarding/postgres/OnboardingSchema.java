package app.heyblue.onboarding.postgres;

import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers this room's migrations. */
@ApplicationScoped
class OnboardingSchema {
  @Produces
  @Singleton
  static SchemaMigrations migrations() {
    return new SchemaMigrations("onboarding");
  }
}
