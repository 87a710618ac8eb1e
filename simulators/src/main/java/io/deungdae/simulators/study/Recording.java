package io.deungdae.simulators.study;

import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Signal;
import java.util.List;

/**
 * Records signals of a plant about an event and draws them: a step response, or what a fault does.
 * Used by one thread at a time.
 */
public final class Recording {

  private static final int POINTS = 400;

  private final Plant plant;
  private final String title;
  private final double minutes;

  /**
   * Of a plant that is steady.
   *
   * @param title above the picture
   * @param minutes length of the recording in plant time; the event comes after a tenth of it
   */
  public Recording(Plant plant, String title, double minutes) {
    this.plant = plant;
    this.title = title;
    this.minutes = minutes;
  }

  /**
   * Records and draws.
   *
   * @param event what happens
   * @param panels names of the signals in each panel; those of one panel have one unit
   */
  public String svg(Runnable event, List<List<String>> panels) {
    double[] x = new double[POINTS];
    double[][] values = new double[plant.signals().size()][POINTS];
    for (int i = 0; i < POINTS; i++) {
      if (i == POINTS / 10) {
        event.run();
      }
      x[i] = i * minutes / POINTS;
      for (int s = 0; s < values.length; s++) {
        values[s][i] = plant.read(plant.signals().get(s));
      }
      plant.step(minutes * 60 / POINTS);
    }
    return drawn(x, values, panels);
  }

  private String drawn(double[] x, double[][] values, List<List<String>> panels) {
    Chart chart = new Chart(title, "minutes of plant time");
    for (List<String> panel : panels) {
      chart.panel(signal(panel.get(0)).unit());
      for (String name : panel) {
        chart.curve(name, x, values[plant.signals().indexOf(signal(name))]);
      }
    }
    return chart.svg();
  }

  private Signal signal(String name) {
    return plant.signals().stream()
        .filter(signal -> signal.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no signal " + name));
  }
}
