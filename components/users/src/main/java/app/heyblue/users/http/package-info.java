/** The operations on people and recipients. */
@NullMarked
package app.heyblue.users.http;

import org.jspecify.annotations.NullMarked;
