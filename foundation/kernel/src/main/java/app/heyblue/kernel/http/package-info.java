/** What every HTTP answer shares: problem documents, strict JSON, bounded bodies, request ids. */
@NullMarked
package app.heyblue.kernel.http;

import org.jspecify.annotations.NullMarked;
