/**
 * The command line. Arguments come in; exit codes and words for people go out: 0 well, 2 wrong
 * settings or arguments, 1 our fault. It holds no logic of the gateway.
 */
@NullMarked
package io.deungdae.control.cli;

import org.jspecify.annotations.NullMarked;
