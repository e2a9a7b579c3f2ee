/** Making, changing, activating and retiring rules, and the rules that HeyBlue ships with. */
@NullMarked
package app.heyblue.rules.editing;

import org.jspecify.annotations.NullMarked;
