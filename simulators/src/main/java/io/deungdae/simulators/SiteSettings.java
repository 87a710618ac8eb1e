package io.deungdae.simulators;

import java.nio.file.Path;

/**
 * How the simulated site is set up. A port of 0 means any free one.
 *
 * @param folder where keys, tokens and {@code ready.json} are written
 * @param speed plant seconds in a second
 * @param modbusPort Modbus TCP of the furnace
 * @param opcUaPort OPC UA of the moulding machine
 * @param mqttPort MQTT of the meters
 * @param s3Port S3 storage
 * @param xgtPort XGT of the furnace
 * @param controlPort control of faults and operators
 * @param seed seed of all chance
 * @param remoteAfter seconds of steady heartbeat, as seen from outside, after which the operator
 *     turns the key to REMOTE; infinite for never
 */
record SiteSettings(
    Path folder,
    double speed,
    int modbusPort,
    int opcUaPort,
    int mqttPort,
    int s3Port,
    int xgtPort,
    int controlPort,
    long seed,
    double remoteAfter) {}
