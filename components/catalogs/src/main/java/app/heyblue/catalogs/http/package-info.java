/** The catalogs over HTTP. */
@NullMarked
package app.heyblue.catalogs.http;

import org.jspecify.annotations.NullMarked;
