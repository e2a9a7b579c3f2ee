/**
 * Finding charities by what people type: a Lucene index in the data folder that holds ids and what
 * ranks them, and nothing that is shown. It's a copy and can be deleted at any time.
 */
@NullMarked
package app.heyblue.catalogs.search;

import org.jspecify.annotations.NullMarked;
