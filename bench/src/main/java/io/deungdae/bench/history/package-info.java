/**
 * Long histories: how fast a year is drawn and a day is laid out as a table, beside InfluxDB. Uses
 * the historian as a gateway does, and fills it as nobody else may: through its database.
 */
@NullMarked
package io.deungdae.bench.history;

import org.jspecify.annotations.NullMarked;
