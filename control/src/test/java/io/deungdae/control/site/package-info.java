/** Tests of the settings of a site. */
@NullMarked
package io.deungdae.control.site;

import org.jspecify.annotations.NullMarked;
