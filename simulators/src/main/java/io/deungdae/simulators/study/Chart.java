package io.deungdae.simulators.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A picture of curves over time: panels one below the other with a common time axis, as SVG. The
 * same curves give the same bytes. Used by one thread at a time.
 */
public final class Chart {

  private static final int WIDTH = 860;
  private static final int LEFT = 70;
  private static final int RIGHT = 150;
  private static final int TOP = 44;
  private static final int PANEL = 130;
  private static final int GAP = 24;
  private static final int BOTTOM = 40;
  private static final String[] COLOURS = {"#1f5f99", "#c2571a", "#2e7d32", "#7b3fa0", "#555555"};

  @SuppressWarnings("ArrayRecordComponent") // drawn and never compared
  private record Curve(String name, double[] x, double[] y) {}

  private record Panel(String title, List<Curve> curves) {}

  private final String title;
  private final String axis;
  private final List<Panel> panels = new ArrayList<>();

  /**
   * A chart without panels.
   *
   * @param title above everything
   * @param axis name and unit of the time axis
   */
  public Chart(String title, String axis) {
    this.title = title;
    this.axis = axis;
  }

  /** Begins a panel below the others; {@code name} is its quantity and unit. */
  public Chart panel(String name) {
    panels.add(new Panel(name, new ArrayList<>()));
    return this;
  }

  /**
   * Adds a curve to the newest panel.
   *
   * @param name for the legend
   * @param x times, rising
   * @param y values, as many as times; what is not finite is left out
   */
  public Chart curve(String name, double[] x, double[] y) {
    if (x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException("a curve has as many values as times, and at least one");
    }
    if (panels.isEmpty()) {
      throw new IllegalStateException("a curve needs a panel");
    }
    panels.get(panels.size() - 1).curves().add(new Curve(name, x.clone(), y.clone()));
    return this;
  }

  /** The picture. */
  public String svg() {
    int height = TOP + panels.size() * (PANEL + GAP) + BOTTOM - GAP;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">\n",
            WIDTH,
            height,
            WIDTH,
            height));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    text(svg, LEFT, 18, "start", "<tspan font-size=\"13\">" + escape(title) + "</tspan>");
    double[] span = span(true, panels);
    for (int i = 0; i < panels.size(); i++) {
      draw(svg, panels.get(i), TOP + i * (PANEL + GAP), span, i == panels.size() - 1);
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, height - 8, "middle", escape(axis));
    return svg.append("</svg>\n").toString();
  }

  private static double[] span(boolean times, List<Panel> panels) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Panel panel : panels) {
      for (Curve curve : panel.curves()) {
        for (double value : times ? curve.x() : curve.y()) {
          low = Double.isFinite(value) ? Math.min(low, value) : low;
          high = Double.isFinite(value) ? Math.max(high, value) : high;
        }
      }
    }
    return high > low ? new double[] {low, high} : new double[] {low - 1, low + 1};
  }

  private static void draw(StringBuilder svg, Panel panel, int top, double[] time, boolean last) {
    double[] range = span(false, List.of(panel));
    double margin = 0.06 * (range[1] - range[0]);
    double low = range[0] - margin;
    double high = range[1] + margin;
    int right = WIDTH - RIGHT;
    for (double tick : ticks(low, high, 4)) {
      double y = top + PANEL * (high - tick) / (high - low);
      line(svg, LEFT, y, right, y, "#e4e4e4");
      text(svg, LEFT - 6, y + 4, "end", number(tick));
    }
    for (double tick : ticks(time[0], time[1], 8)) {
      double x = LEFT + (right - LEFT) * (tick - time[0]) / (time[1] - time[0]);
      line(svg, x, top, x, top + PANEL, "#e4e4e4");
      if (last) {
        text(svg, x, top + PANEL + 14, "middle", number(tick));
      }
    }
    text(svg, LEFT + 4, top - 4, "start", escape(panel.title()));
    for (int i = 0; i < panel.curves().size(); i++) {
      String colour = COLOURS[i % COLOURS.length];
      trace(svg, panel.curves().get(i), top, time, low, high, colour);
      line(svg, right + 8, top + 10 + 16 * i, right + 24, top + 10 + 16 * i, colour);
      text(svg, right + 28, top + 14 + 16 * i, "start", escape(panel.curves().get(i).name()));
    }
  }

  private static void trace(
      StringBuilder svg,
      Curve curve,
      int top,
      double[] time,
      double low,
      double high,
      String colour) {
    svg.append("<path fill=\"none\" stroke=\"").append(colour).append("\" d=\"");
    boolean pen = false;
    for (int i = 0; i < curve.x().length; i++) {
      double value = curve.y()[i];
      if (Double.isFinite(value)) {
        double share = (curve.x()[i] - time[0]) / (time[1] - time[0]);
        double x = LEFT + (WIDTH - RIGHT - LEFT) * share;
        double y = top + PANEL * (high - value) / (high - low);
        svg.append(pen ? "L" : "M").append(String.format(Locale.ROOT, "%.1f %.1f", x, y));
      }
      pen = Double.isFinite(value);
    }
    svg.append("\"/>\n");
  }

  private static List<Double> ticks(double low, double high, int about) {
    double rough = (high - low) / about;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double lead = rough / power;
    double step = power * (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    text = text.replaceAll("0+$", "").replaceAll("\\.$", "");
    return text.equals("-0") ? "0" : text;
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
            x1,
            y1,
            x2,
            y2,
            colour));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String markup) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
            x,
            y,
            anchor,
            markup));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
