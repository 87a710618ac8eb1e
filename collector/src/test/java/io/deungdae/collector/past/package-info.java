@org.jspecify.annotations.NullMarked
package io.deungdae.collector.past;
