package io.deungdae.simulators.melting;

import io.deungdae.simulators.study.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The pictures of the tank's documentation, as SVG. The same code gives the same bytes. */
final class MeltingPictures {

  private MeltingPictures() {}

  /** Readings of a tank over time. */
  private static final class Readings {

    private final double[] minutes;
    private final double[][] values;

    Readings(double[] minutes, double[][] values) {
      this.minutes = minutes;
      this.values = values;
    }

    double[] minutes() {
      return minutes;
    }

    double[][] values() {
      return values;
    }
  }

  private static Readings trace(
      MeltingTank tank,
      double seconds,
      double every,
      List<ToDoubleFunction<MeltingTank>> readings) {
    int n = (int) (seconds / every);
    double[] minutes = new double[n];
    double[][] values = new double[readings.size()][n];
    for (int i = 0; i < n; i++) {
      minutes[i] = i * every / 60;
      for (int k = 0; k < values.length; k++) {
        values[k][i] = readings.get(k).applyAsDouble(tank);
      }
      tank.step(every);
    }
    return new Readings(minutes, values);
  }

  /** One batch and the beginning of the next. */
  static String batch() {
    MeltingTank tank = new MeltingTank(MeltingSettings.standing(1));
    until(tank, Phase.FEED);
    until(tank, Phase.FILL);
    Readings t =
        trace(
            tank,
            70 * 60,
            10,
            List.of(
                x -> x.line().gauges().melt(),
                x -> x.line().gauges().jacket(),
                x -> x.line().gauges().weight() > 1200 ? Double.NaN : x.line().gauges().weight(),
                x -> x.line().gauges().speed(),
                x -> 100 * x.line().vessel().lumps(),
                x -> x.line().vessel().specks(),
                x -> 100 * x.line().vessel().solids()));
    return new Chart("One batch under the standing recipe, and the next begins", "minutes")
        .panel("temperature, °C")
        .curve("MELT_TEMP", t.minutes(), t.values()[0])
        .curve("jacket", t.minutes(), t.values()[1])
        .panel("MELT_WEIGHT, kg (overflow while powder is blown left out)")
        .curve("MELT_WEIGHT", t.minutes(), t.values()[2])
        .panel("MOTORSPEED, rpm")
        .curve("MOTORSPEED", t.minutes(), t.values()[3])
        .panel("what no sensor shows")
        .curve("lumps, % of solids", t.minutes(), t.values()[4])
        .curve("specks, mg/kg", t.minutes(), t.values()[5])
        .panel("solids, %")
        .curve("solids", t.minutes(), t.values()[6])
        .svg();
  }

  private static void until(MeltingTank tank, Phase phase) {
    while (tank.plc().batch().phase() != phase) {
      tank.step(1);
    }
  }

  /** What steps of setpoints do. */
  static String steps() {
    Chart chart =
        new Chart("Steps of one setpoint two minutes into the flow, without chance", "minutes");
    Readings hold = stepped(MeltingHandle.HOLD, 3);
    chart.panel("hold.sp +3 °C: °C");
    chart.curve("MELT_TEMP", hold.minutes(), hold.values()[0]);
    chart.curve("jacket", hold.minutes(), hold.values()[1]);
    chart.panel("hold.sp +3 °C: moisture the dryer would give, %");
    chart.curve("moisture", hold.minutes(), hold.values()[2]);
    Readings feed = stepped(MeltingHandle.FEED, 50);
    chart.panel("feed.sp +50 kg/h: kg/h");
    chart.curve("feed.pv", feed.minutes(), feed.values()[3]);
    chart.panel("feed.sp +50 kg/h: moisture, %");
    chart.curve("moisture", feed.minutes(), feed.values()[2]);
    Readings speed = stepped(MeltingHandle.HOLD_SPEED, 10);
    chart.panel("hold_speed.sp +10 rpm: rpm");
    chart.curve("MOTORSPEED", speed.minutes(), speed.values()[4]);
    chart.panel("hold_speed.sp +10 rpm: cream on top, %");
    chart.curve("cream", speed.minutes(), speed.values()[5]);
    return chart.svg();
  }

  private static Readings stepped(MeltingHandle handle, double by) {
    MeltingTank tank = new MeltingTank(MeltingSettings.still());
    until(tank, Phase.FEED);
    tank.step(120);
    tank.plc().station().place(handle.slot(), tank.plc().target(handle) + by);
    return trace(
        tank,
        30 * 60,
        5,
        List.of(
            x -> x.line().gauges().melt(),
            x -> x.line().gauges().jacket(),
            x -> quality(x).moisture(),
            x -> x.line().gauges().feed(),
            x -> x.line().gauges().speed(),
            x -> 100 * x.line().vessel().cream()));
  }

  private static Quality quality(MeltingTank tank) {
    return Quality.of(tank.line().vessel(), tank.plc().product(), 3600 * tank.line().feed());
  }

  /** What faults do to the heating. */
  static String faults() {
    Chart chart = new Chart("Heating with and without a fault at size 1", "minutes");
    List<MeltingFault> shown =
        List.of(MeltingFault.JACKET_FOULED, MeltingFault.BELT, MeltingFault.STICTION);
    Readings well = heated(null);
    chart.panel("MELT_TEMP, °C");
    chart.curve("no fault", well.minutes(), well.values()[0]);
    List<Readings> ill = new ArrayList<>();
    for (MeltingFault fault : shown) {
      Readings t = heated(fault);
      ill.add(t);
      chart.curve(fault.fault().id(), t.minutes(), t.values()[0]);
    }
    String[] names = {"jacket, °C", "motor power, kW"};
    for (int k = 1; k <= names.length; k++) {
      chart.panel(names[k - 1]);
      chart.curve("no fault", well.minutes(), well.values()[k]);
      for (int i = 0; i < shown.size(); i++) {
        chart.curve(shown.get(i).fault().id(), ill.get(i).minutes(), ill.get(i).values()[k]);
      }
    }
    return chart.svg();
  }

  private static Readings heated(@Nullable MeltingFault fault) {
    MeltingTank tank = new MeltingTank(MeltingSettings.still());
    if (fault != null) {
      tank.line().faults().jump(fault, 1);
    }
    until(tank, Phase.FEED);
    until(tank, Phase.FILL);
    return trace(
        tank,
        22 * 60,
        6,
        List.of(
            x -> x.line().gauges().melt(),
            x -> x.line().gauges().jacket(),
            x -> x.line().agitator().electric()));
  }
}
