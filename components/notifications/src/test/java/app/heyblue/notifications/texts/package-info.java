/** Tests of this package. */
@NullMarked
package app.heyblue.notifications.texts;

import org.jspecify.annotations.NullMarked;
