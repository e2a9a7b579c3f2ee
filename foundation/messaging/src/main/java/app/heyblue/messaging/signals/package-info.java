/** How threads of one process wake each other: on commits, on growth, on progress. */
@NullMarked
package app.heyblue.messaging.signals;

import org.jspecify.annotations.NullMarked;
