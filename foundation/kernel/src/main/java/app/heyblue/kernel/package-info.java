/**
 * What every room speaks: ids, points, the clock, pages, problems and the JSON of the contract.
 *
 * <p>Called by every room; calls nobody. The nested {@code http} package turns problems into RFC
 * 9457 documents, bounds bodies and explains each problem at {@code /problems/<slug>}.
 */
@NullMarked
package app.heyblue.kernel;

import org.jspecify.annotations.NullMarked;
