/** Rules as values: what an admin writes, what is kept once it's checked, and its history. */
@NullMarked
package app.heyblue.rules.domain;

import org.jspecify.annotations.NullMarked;
