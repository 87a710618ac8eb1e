/**
 * Object storage with the S3 interface, standing for the cloud that data is delivered to. Knows
 * neither plants nor the gateway.
 */
@NullMarked
package io.deungdae.simulators.cloud;

import org.jspecify.annotations.NullMarked;
