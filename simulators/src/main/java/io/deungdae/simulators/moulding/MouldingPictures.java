package io.deungdae.simulators.moulding;

import io.deungdae.simulators.study.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pictures of the machine's documentation, as SVG. The same code gives the same bytes. */
public final class MouldingPictures {

  private MouldingPictures() {}

  /** Draws all into a folder. */
  public static void draw(Path folder) throws IOException {
    step(
        folder.resolve("moulding-barrel.svg"),
        Knob.BARREL_3,
        240,
        90,
        List.of(
            List.of("barrel.z2.pv", "barrel.z3.pv", "barrel.z4.pv"),
            List.of("barrel.z2.op", "barrel.z3.op", "barrel.z4.op"),
            List.of("injection.peak_pressure"),
            List.of("part.weight")));
    step(
        folder.resolve("moulding-mould.svg"),
        Knob.MOLD,
        42,
        90,
        List.of(
            List.of("mold.pv", "mold.sp", "mold.water.pv"),
            List.of("part.weight"),
            List.of("lab.length")));
    step(
        folder.resolve("moulding-hold.svg"),
        Knob.HOLD_PRESSURE,
        62,
        60,
        List.of(
            List.of("hold.pressure.sp"),
            List.of("cushion"),
            List.of("part.weight"),
            List.of("lab.length")));
    Moulding hurt = steady();
    Files.writeString(
        folder.resolve("moulding-ring.svg"),
        new Recording(hurt, "Worn check ring, size 1", 90)
            .svg(
                () -> hurt.start(Cause.CHECK_RING_WEAR.fault(), 1),
                List.of(
                    List.of("cushion", "cushion.spread"),
                    List.of("part.weight"),
                    List.of("plasticizing.time", "fill.time"),
                    List.of("scrap_rate"))));
  }

  private static void step(
      Path file, Knob knob, double to, double minutes, List<List<String>> panels)
      throws IOException {
    Moulding machine = steady();
    String title = knob.signal() + " from " + knob.reference() + " to " + to;
    Files.writeString(
        file, new Recording(machine, title, minutes).svg(() -> machine.place(knob, to), panels));
  }

  private static Moulding steady() {
    Moulding machine = new Moulding(MouldingSettings.unattended(1));
    machine.ambient(24);
    machine.step(7200);
    return machine;
  }
}
