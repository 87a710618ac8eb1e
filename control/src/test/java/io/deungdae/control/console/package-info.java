/**
 * Tests of the console in a real browser, against the real HTTP server. What the server is asked
 * comes from a gateway whose values are a function of time. No device and no model is known here.
 */
@NullMarked
package io.deungdae.control.console;

import org.jspecify.annotations.NullMarked;
