/**
 * Trials of the whole gateway as a process: started as an operator starts it, reached over sockets
 * and the command line alone, killed, starved and lied to. What is in here knows what the manuals
 * say, and nothing of the inside.
 */
@NullMarked
package io.deungdae.control.trial;

import org.jspecify.annotations.NullMarked;
