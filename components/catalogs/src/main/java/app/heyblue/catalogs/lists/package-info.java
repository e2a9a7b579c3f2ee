/** Lists that come as a file of lines, one entry a line: what their formats have in common. */
@NullMarked
package app.heyblue.catalogs.lists;

import org.jspecify.annotations.NullMarked;
