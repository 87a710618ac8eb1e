/**
 * The settings of a whole site, put together from what each room reads of its own. A settings file
 * comes in, checked records go out. It must not open a connection.
 */
@NullMarked
package io.deungdae.control.site;

import org.jspecify.annotations.NullMarked;
