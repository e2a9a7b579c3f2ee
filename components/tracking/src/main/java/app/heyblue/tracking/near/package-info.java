/** Who is near whom: the engine, its clock, what the rules say, and what civilians are told. */
@NullMarked
package app.heyblue.tracking.near;

import org.jspecify.annotations.NullMarked;
