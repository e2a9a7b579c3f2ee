/**
 * What is allowed and what it pays: rules in CEL, edited by the operator.
 *
 * <p>Called by scoring; calls no other component. Inside: {@code facts} says what rules may ask and
 * must answer, {@code expressions} checks and evaluates their CEL, {@code domain} holds the values,
 * {@code editing} makes versions, {@code deciding} answers, {@code postgres} keeps and {@code http}
 * serves them.
 */
@NullMarked
package app.heyblue.rules;

import org.jspecify.annotations.NullMarked;
