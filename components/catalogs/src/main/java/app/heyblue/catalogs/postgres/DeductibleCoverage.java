package app.heyblue.catalogs.postgres;

import org.jdbi.v3.core.Handle;

/**
 * How much of the catalog a staged Publication 78 speaks for.
 *
 * @param deductible visible charities that their own extract calls deductible
 * @param listed those of them that the staged list has
 */
public record DeductibleCoverage(long deductible, long listed) {
  public static DeductibleCoverage ofStaged(Handle tx) {
    return tx.createQuery(
            """
            select count(*), count(s.ein)
            from catalogs.charity c
            join catalogs.catalog k
              on k.name = 'charities' and c.since <= k.generation and k.generation < c.until
            left join catalogs.publication78_staging s on s.ein = c.ein and not s.bad
            where c.deductible
            """)
        .map((row, context) -> new DeductibleCoverage(row.getLong(1), row.getLong(2)))
        .one();
  }
}
