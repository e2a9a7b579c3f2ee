/** The IRS's Publication 78: which organisations may receive deductible gifts. */
@NullMarked
package app.heyblue.catalogs.pub78;

import org.jspecify.annotations.NullMarked;
