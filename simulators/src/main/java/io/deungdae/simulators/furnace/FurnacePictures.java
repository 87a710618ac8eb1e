package io.deungdae.simulators.furnace;

import io.deungdae.simulators.study.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pictures of the line's documentation, as SVG. The same code gives the same bytes. */
public final class FurnacePictures {

  private static final List<List<String>> ZONES =
      List.of(
          List.of("zone1.pv", "zone2.pv", "zone3.pv", "zone4.pv"),
          List.of("zone1.op", "zone2.op", "zone3.op", "zone4.op"),
          List.of("hardness"),
          List.of("scrap_rate"));

  private FurnacePictures() {}

  /** Draws all into a folder. */
  public static void draw(Path folder) throws IOException {
    step(folder.resolve("furnace-zone2.svg"), FurnaceHandle.ZONE2, 870, 120, ZONES);
    step(
        folder.resolve("furnace-cp.svg"),
        FurnaceHandle.CP,
        0.50,
        120,
        List.of(List.of("cp.pv", "cp.sp"), List.of("cp.op"), List.of("hardness")));
    step(
        folder.resolve("furnace-belt.svg"),
        FurnaceHandle.BELT,
        Math.rint(1.08 * FurnaceHandle.BELT.reference()),
        120,
        List.of(
            List.of("belt.pv", "belt.sp"),
            List.of("throughput"),
            List.of("zone1.op", "zone2.op"),
            List.of("hardness")));
    step(
        folder.resolve("furnace-salt.svg"),
        FurnaceHandle.SALT,
        322,
        120,
        List.of(
            List.of("salt.pv", "salt.sp"),
            List.of("salt.op"),
            List.of("hardness"),
            List.of("distortion")));
    QuenchFurnace hurt = steady();
    Files.writeString(
        folder.resolve("furnace-heater.svg"),
        new Recording(hurt, "Heating elements of zone 2 burnt out, size 1", 240)
            .svg(() -> hurt.start(FurnaceFault.HEATER_ZONE2.fault(), 1), ZONES));
  }

  private static void step(
      Path file, FurnaceHandle handle, double to, double minutes, List<List<String>> panels)
      throws IOException {
    QuenchFurnace furnace = steady();
    String title = handle.signal() + " from " + handle.reference() + " to " + to;
    Files.writeString(
        file,
        new Recording(furnace, title, minutes)
            .svg(() -> furnace.plc().station().place(handle.slot(), to), panels));
  }

  private static QuenchFurnace steady() {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.standing(1));
    furnace.step(7200);
    return furnace;
  }
}
