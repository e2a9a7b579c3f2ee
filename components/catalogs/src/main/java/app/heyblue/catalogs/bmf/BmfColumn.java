package app.heyblue.catalogs.bmf;

/**
 * The columns of an EO BMF extract in their order. See IRS, "Exempt Organizations Business Master
 * File Extract (EO BMF)", information sheet.
 */
enum BmfColumn {
  EIN,
  NAME,
  /** "In care of": a person's name. */
  ICO,
  STREET,
  CITY,
  /** Blank for foreign organisations. */
  STATE,
  ZIP,
  GROUP,
  SUBSECTION,
  AFFILIATION,
  CLASSIFICATION,
  RULING,
  /** 1: contributions are deductible. */
  DEDUCTIBILITY,
  FOUNDATION,
  ACTIVITY,
  ORGANIZATION,
  STATUS,
  TAX_PERIOD,
  ASSET_CD,
  INCOME_CD,
  FILING_REQ_CD,
  PF_FILING_REQ_CD,
  ACCT_PD,
  ASSET_AMT,
  INCOME_AMT,
  REVENUE_AMT,
  NTEE_CD,
  /** A second line of the name; at times a trustee's name. */
  SORT_NAME;

  String of(String[] fields) {
    return fields[ordinal()];
  }
}
