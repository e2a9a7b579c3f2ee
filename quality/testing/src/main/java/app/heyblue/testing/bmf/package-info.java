/**
 * Months of an IRS extract that nobody published: the real format, sizes and odds, no real data.
 */
@NullMarked
package app.heyblue.testing.bmf;

import org.jspecify.annotations.NullMarked;
