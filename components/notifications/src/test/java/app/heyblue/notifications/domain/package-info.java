/** Tests of this package. */
@NullMarked
package app.heyblue.notifications.domain;

import org.jspecify.annotations.NullMarked;
