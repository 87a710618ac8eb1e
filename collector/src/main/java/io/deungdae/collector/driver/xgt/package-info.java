/**
 * LS Electric's XGT protocol over Ethernet (FEnet), on Netty. Addresses and types of the tag list
 * come in, samples go out. It must not know what a value means or why one is written; nothing else
 * may see Netty on its behalf.
 */
@NullMarked
package io.deungdae.collector.driver.xgt;

import org.jspecify.annotations.NullMarked;
