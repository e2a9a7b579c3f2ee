/** The audit trail: an append-only table, and what puts rows there. */
@NullMarked
package app.heyblue.security.audit;

import org.jspecify.annotations.NullMarked;
