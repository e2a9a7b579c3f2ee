/** The demo town: made-up people, a roster, catalogs, and what new applicants can use. */
@NullMarked
package app.heyblue.server.demo;

import org.jspecify.annotations.NullMarked;
