/** Getting back in: device relinks and password resets. */
@NullMarked
package app.heyblue.onboarding.recovery;

import org.jspecify.annotations.NullMarked;
