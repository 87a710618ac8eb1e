package io.deungdae.simulators;

import io.deungdae.simulators.furnace.FurnacePictures;
import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.FurnaceStudy;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.melting.MeltingSettings;
import io.deungdae.simulators.melting.MeltingStudy;
import io.deungdae.simulators.melting.MeltingTank;
import io.deungdae.simulators.moulding.Moulding;
import io.deungdae.simulators.moulding.MouldingPictures;
import io.deungdae.simulators.moulding.MouldingSettings;
import io.deungdae.simulators.moulding.MouldingStudy;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plating.Plating;
import io.deungdae.simulators.plating.PlatingSettings;
import io.deungdae.simulators.plating.PlatingStudy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of plants there are. */
enum PlantKind {
  /** Continuous quench furnace line. */
  FURNACE {
    @Override
    Plant make(long seed, double watchdog, double remoteAfter, double campaign) {
      return new QuenchFurnace(
          new FurnaceSettings(seed, true, 1, true, watchdog, remoteAfter, campaign));
    }

    @Override
    void study(PrintWriter out) {
      FurnaceStudy.print(out);
    }

    @Override
    void grid(PrintWriter out, int points) {
      FurnaceStudy.grid(out, points);
    }

    @Override
    void draw(Path folder) throws IOException {
      FurnacePictures.draw(folder);
    }
  },
  /** Injection moulding machine. */
  MOULDING {
    @Override
    Plant make(long seed, double watchdog, double remoteAfter, double campaign) {
      return new Moulding(MouldingSettings.staffed(seed, watchdog));
    }

    @Override
    void study(PrintWriter out) {
      MouldingStudy.print(out);
    }

    @Override
    void grid(PrintWriter out, int points) {
      MouldingStudy.grid(out, points);
    }

    @Override
    void draw(Path folder) throws IOException {
      MouldingPictures.draw(folder);
    }
  },
  /** Zinc plating line. */
  PLATING {
    @Override
    Plant make(long seed, double watchdog, double remoteAfter, double campaign) {
      return new Plating(
          new PlatingSettings(seed, true, 1, true, true, watchdog, remoteAfter, campaign));
    }

    @Override
    void study(PrintWriter out) {
      PlatingStudy.print(out);
    }

    @Override
    void grid(PrintWriter out, int points) {
      PlatingStudy.grid(out, points);
    }

    @Override
    void draw(Path folder) throws IOException {
      PlatingStudy.draw(folder);
    }
  },
  /** Melting tank. */
  MELTING {
    @Override
    Plant make(long seed, double watchdog, double remoteAfter, double campaign) {
      return new MeltingTank(
          new MeltingSettings(seed, true, 1, true, true, watchdog, remoteAfter, campaign));
    }

    @Override
    void study(PrintWriter out) {
      MeltingStudy.print(out);
    }

    @Override
    void grid(PrintWriter out, int points) {
      MeltingStudy.grid(out, points);
    }

    @Override
    void draw(Path folder) throws IOException {
      MeltingStudy.draw(folder);
    }
  };

  /**
   * A new plant.
   *
   * @param seed of all chance in it
   * @param watchdog plant seconds without a heartbeat after which its PLC sheds
   * @param remoteAfter plant seconds of steady heartbeat before the key is first turned; infinite
   *     for never
   * @param campaign plant seconds for which a product is run; 0 for as chance will
   */
  abstract Plant make(long seed, double watchdog, double remoteAfter, double campaign);

  /** Prints the tables of its documentation; takes minutes. */
  abstract void study(PrintWriter out);

  /**
   * Prints the optimum found by descent beside that of a grid; takes minutes.
   *
   * @param points values of each of the four setpoints that are gridded
   */
  abstract void grid(PrintWriter out, int points);

  /** Draws the pictures of its documentation into a folder that is there. */
  abstract void draw(Path folder) throws IOException;

  /** As people write it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All, as people write them. */
  static List<String> ids() {
    return Arrays.stream(values()).map(PlantKind::id).toList();
  }

  /** The kind that people write so. */
  static PlantKind of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
