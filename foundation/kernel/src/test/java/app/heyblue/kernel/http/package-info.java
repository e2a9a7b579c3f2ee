/** Tests of what every HTTP answer has in common. */
@NullMarked
package app.heyblue.kernel.http;

import org.jspecify.annotations.NullMarked;
