package app.heyblue.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** The database that rooms have injected. */
@ApplicationScoped
class PostgresBeans {
  @Produces
  @Singleton
  Database database(DataSource source, DatabaseWatch watch) {
    return new Database(source, watch::isSilent);
  }
}
