/** Refreshing all sources at the times that the operator has set. */
@NullMarked
package app.heyblue.catalogs.schedule;

import org.jspecify.annotations.NullMarked;
