@org.jspecify.annotations.NullMarked
package io.deungdae.collector.driver.tls;
