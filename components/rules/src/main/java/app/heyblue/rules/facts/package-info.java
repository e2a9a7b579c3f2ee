/** What rules of each kind may ask (facts) and must answer (outcomes). */
@NullMarked
package app.heyblue.rules.facts;

import org.jspecify.annotations.NullMarked;
