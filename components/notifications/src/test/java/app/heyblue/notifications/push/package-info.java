/** Tests of Web Push against a push service of their own. */
@NullMarked
package app.heyblue.notifications.push;

import org.jspecify.annotations.NullMarked;
