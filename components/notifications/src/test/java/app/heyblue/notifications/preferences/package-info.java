/** Tests of this package. */
@NullMarked
package app.heyblue.notifications.preferences;

import org.jspecify.annotations.NullMarked;
