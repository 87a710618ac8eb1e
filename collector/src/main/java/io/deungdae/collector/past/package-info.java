/**
 * The past from elsewhere: logs of machines and exports of other systems, read from CSV files and
 * put into the history. A file comes in with a mapping of its columns; what cannot be read is told
 * line by line. Knows neither the board nor devices: nothing imported is ever a latest value.
 */
@NullMarked
package io.deungdae.collector.past;

import org.jspecify.annotations.NullMarked;
