package io.deungdae.collector.driver.xgt;

/**
 * The header of a frame. XGL-EFMF manual §7.1.1.
 *
 * @param company whose frame it is
 * @param plcInfo what the PLC tells about itself, 16 bits; 0 from a client
 * @param cpu the family's byte
 * @param source who sent it
 * @param invokeId the request's number, 0 to 65535, which its answer repeats
 * @param position the Ethernet module's place: base in the upper four bits, slot in the lower
 */
record Header(Company company, int plcInfo, int cpu, Source source, int invokeId, int position) {

  /** Bytes on the wire. */
  static final int LENGTH = 20;

  // XGL-EFMF manual §7.1.1: bits 0–5 model, 7 error, 8–12 mode
  private static final int ERROR = 0x80;

  /** The model of the CPU, for people; its number where it is not known. */
  String model() {
    int type = plcInfo & 0x3F;
    return switch (type) {
      case 0x01 -> "CPUH";
      case 0x02 -> "CPUS";
      case 0x03 -> "CPUA";
      case 0x04 -> "CPUE";
      case 0x05 -> "CPUU";
      case 0x11 -> "CPUHN";
      case 0x12 -> "CPUSN";
      case 0x15 -> "CPUUN";
      default -> "type " + type;
    };
  }

  /** What the PLC does, for people. */
  String mode() {
    String mode =
        switch ((plcInfo >>> 8) & 0x1F) {
          case 0x01 -> "RUN";
          case 0x02 -> "STOP";
          case 0x04 -> "ERROR";
          case 0x08 -> "DEBUG";
          default -> "unknown";
        };
    return (plcInfo & ERROR) == 0 ? mode : mode + " with a CPU error";
  }
}
