/** Which way a mail goes, and that it goes once. */
@NullMarked
package app.heyblue.notifications.domain;

import org.jspecify.annotations.NullMarked;
