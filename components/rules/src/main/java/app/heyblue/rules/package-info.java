/**
 * What is allowed and what it pays: rules in CEL, edited by the operator.
 *
 * <p>Called by scoring; calls no other component.
 */
@NullMarked
package app.heyblue.rules;

import org.jspecify.annotations.NullMarked;
