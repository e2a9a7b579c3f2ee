/** The operation by which a civilian's phone gets a code to show. */
@NullMarked
package app.heyblue.qr.http;

import org.jspecify.annotations.NullMarked;
