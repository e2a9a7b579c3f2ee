/** Applications on their way, and the worker that moves them on. */
@NullMarked
package app.heyblue.onboarding.applications;

import org.jspecify.annotations.NullMarked;
