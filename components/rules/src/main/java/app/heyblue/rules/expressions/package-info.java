/** CEL (Common Expression Language): compiled once, checked and bounded, evaluated many times. */
@NullMarked
package app.heyblue.rules.expressions;

import org.jspecify.annotations.NullMarked;
