/** What a code says: a short signed text. */
@NullMarked
package app.heyblue.qr.token;

import org.jspecify.annotations.NullMarked;
