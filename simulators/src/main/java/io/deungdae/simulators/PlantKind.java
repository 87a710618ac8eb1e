package io.deungdae.simulators;

import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.melting.MeltingSettings;
import io.deungdae.simulators.melting.MeltingTank;
import io.deungdae.simulators.moulding.Moulding;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plating.Plating;
import io.deungdae.simulators.plating.PlatingSettings;
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
  },
  /** Injection moulding machine. */
  MOULDING {
    @Override
    Plant make(long seed, double watchdog, double remoteAfter, double campaign) {
      return new Moulding(seed, watchdog);
    }
  },
  /** Zinc plating line. */
  PLATING {
    @Override
    Plant make(long seed, double watchdog, double remoteAfter, double campaign) {
      return new Plating(
          new PlatingSettings(seed, true, 1, true, true, watchdog, remoteAfter, campaign));
    }
  },
  /** Melting tank. */
  MELTING {
    @Override
    Plant make(long seed, double watchdog, double remoteAfter, double campaign) {
      return new MeltingTank(
          new MeltingSettings(seed, true, 1, true, true, watchdog, remoteAfter, campaign));
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
