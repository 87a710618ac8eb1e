/** Tests of the command line. */
@NullMarked
package io.deungdae.control.cli;

import org.jspecify.annotations.NullMarked;
