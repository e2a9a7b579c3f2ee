/** {@code ./heyblue doctor}: what ails an installation, and what to do about it. */
@NullMarked
package app.heyblue.server.doctor;

import org.jspecify.annotations.NullMarked;
