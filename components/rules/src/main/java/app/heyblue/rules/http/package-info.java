/** Rules over HTTP, for admins. */
@NullMarked
package app.heyblue.rules.http;

import org.jspecify.annotations.NullMarked;
