/** What a meeting is, and how it can end. */
@NullMarked
package app.heyblue.encounters.meeting;

import org.jspecify.annotations.NullMarked;
