package app.heyblue.catalogs;

import org.jspecify.annotations.Nullable;

/**
 * A charity as the catalog has it; the contract's item.
 *
 * @param state two letters; null for a foreign charity
 * @param zip as the IRS writes it, ZIP+4 where known
 * @param nteeCode National Taxonomy of Exempt Entities; null where the IRS has none
 * @param deductible whether gifts are deductible (DEDUCTIBILITY code 1)
 */
public record Charity(
    Ein ein,
    String name,
    String city,
    @Nullable String state,
    String zip,
    @Nullable String nteeCode,
    boolean deductible) {}
