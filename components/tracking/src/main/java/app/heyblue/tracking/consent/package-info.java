/** Whether people let the product know where they are. */
@NullMarked
package app.heyblue.tracking.consent;

import org.jspecify.annotations.NullMarked;
