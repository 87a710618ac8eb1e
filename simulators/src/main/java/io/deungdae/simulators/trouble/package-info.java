/**
 * What servers can be told to do wrong, one way for all protocols. Orders come in from the command
 * line and from scenarios; servers ask here what they should do. It must not know any protocol.
 */
@NullMarked
package io.deungdae.simulators.trouble;

import org.jspecify.annotations.NullMarked;
