/** Encryption of letters at rest. */
@NullMarked
package app.heyblue.notifications.sealing;

import org.jspecify.annotations.NullMarked;
