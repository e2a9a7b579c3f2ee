/** The tables of rules. */
@NullMarked
package app.heyblue.rules.postgres;

import org.jspecify.annotations.NullMarked;
