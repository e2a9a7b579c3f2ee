/** The IRS's Exempt Organizations Business Master File extract, read row by row. */
@NullMarked
package app.heyblue.catalogs.bmf;

import org.jspecify.annotations.NullMarked;
