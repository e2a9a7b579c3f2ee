/** The room's HTTP resources. */
@NullMarked
package app.heyblue.notifications.http;

import org.jspecify.annotations.NullMarked;
