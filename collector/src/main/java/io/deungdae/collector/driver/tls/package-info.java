/**
 * TLS for every driver that has its own sockets. Names of PEM files come in, sockets go out. It
 * must not know what is spoken over them.
 */
@NullMarked
package io.deungdae.collector.driver.tls;

import org.jspecify.annotations.NullMarked;
