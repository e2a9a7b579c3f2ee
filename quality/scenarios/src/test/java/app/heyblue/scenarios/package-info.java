/** Stories across rooms, told to the packaged program from outside, over HTTP. */
@NullMarked
package app.heyblue.scenarios;

import org.jspecify.annotations.NullMarked;
