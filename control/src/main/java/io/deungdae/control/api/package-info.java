/**
 * The interface for people and for other software: REST, live push over WebSocket, the console's
 * pages, accounts and tokens. Requests come in, snapshots and verdicts go out; what moves the plant
 * goes to the loop, which has it judged by the guards. It must not know a protocol, and never
 * touches an outbox.
 */
@NullMarked
package io.deungdae.control.api;

import org.jspecify.annotations.NullMarked;
