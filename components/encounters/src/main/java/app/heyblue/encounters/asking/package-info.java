/**
 * A civilian's wish to meet an officer nearby, from the asking to the acceptance. All of it is
 * memory, and nothing that its asker can observe depends on what the officer does with it before
 * both are found to be together.
 */
@NullMarked
package app.heyblue.encounters.asking;

import org.jspecify.annotations.NullMarked;
