/** How a code looks: as PNG and as SVG. */
@NullMarked
package app.heyblue.qr.image;

import org.jspecify.annotations.NullMarked;
