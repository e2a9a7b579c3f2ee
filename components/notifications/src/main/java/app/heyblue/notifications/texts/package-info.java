/** What letters say, in each language, as plain text and as HTML. */
@NullMarked
package app.heyblue.notifications.texts;

import org.jspecify.annotations.NullMarked;
