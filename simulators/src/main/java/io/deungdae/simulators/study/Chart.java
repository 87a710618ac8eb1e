package io.deungdae.simulators.study;

import java.util.List;
import java.util.Locale;

/**
 * Panels one above the other over one axis of time, as an SVG document that reads on light and dark
 * pages.
 *
 * @param title what it shows
 * @param time what the time axis says, with its unit
 * @param panels at least one
 */
public record Chart(String title, String time, List<Panel> panels) {

  private static final int WIDTH = 760;
  private static final int LEFT = 62;
  private static final int RIGHT = 130;
  private static final int TOP = 48;
  private static final int HEIGHT = 112;
  private static final int GAP = 22;
  private static final int BOTTOM = 40;
  private static final String[] COLOURS = {"#1f6feb", "#d1242f", "#1a7f37", "#9a6700"};

  public Chart {
    panels = List.copyOf(panels);
    if (panels.isEmpty()) {
      throw new IllegalArgumentException("a chart needs a panel");
    }
  }

  /** The document, without a line break at its end. */
  public String svg() {
    int height = TOP + panels.size() * (HEIGHT + GAP) + BOTTOM;
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d"\
             font-family="sans-serif" font-size="11">
            <rect width="100%%" height="100%%" fill="#ffffff"/>
            <text x="%d" y="20" font-size="14">%s</text>
            """,
            WIDTH, height, WIDTH, LEFT, escaped(title)));
    double start = panels.stream().mapToDouble(Panel::start).min().orElseThrow();
    double end = panels.stream().mapToDouble(Panel::end).max().orElseThrow();
    for (int i = 0; i < panels.size(); i++) {
      draw(svg, panels.get(i), TOP + i * (HEIGHT + GAP), start, end);
    }
    int foot = TOP + panels.size() * (HEIGHT + GAP);
    times(svg, foot, start, end);
    return svg.append("</svg>").toString();
  }

  private static void draw(StringBuilder svg, Panel panel, int top, double start, double end) {
    double step = step((panel.most() - panel.least()) * 1.1, 4);
    double low = Math.floor(panel.least() / step + 1e-9) * step;
    double high = Math.ceil(panel.most() / step - 1e-9) * step;
    high = high > low ? high : low + step;
    for (double tick = low; tick <= high + step / 2; tick += step) {
      double y = y(tick, top, low, high);
      svg.append(
          format(
              """
              <line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#d0d7de"/>
              <text x="%d" y="%.1f" text-anchor="end">%s</text>
              """,
              LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 4, number(tick, step)));
    }
    svg.append(
        format(
            "<text x=\"%d\" y=\"%d\" fill=\"#57606a\">%s</text>\n",
            LEFT + 4, top - 5, escaped(panel.label())));
    for (int i = 0; i < panel.traces().size(); i++) {
      String colour = COLOURS[i % COLOURS.length];
      Trace trace = panel.traces().get(i);
      svg.append(
          format(
              "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n",
              WIDTH - RIGHT + 8, top + 14 + 15 * i, colour, escaped(trace.name())));
      line(svg, trace, colour, top, low, high, start, end);
    }
  }

  private static void line(
      StringBuilder svg,
      Trace trace,
      String colour,
      int top,
      double low,
      double high,
      double start,
      double end) {
    svg.append(
        format("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.4\" points=\"", colour));
    int every = Math.max(1, trace.size() / 600);
    for (int i = 0; i < trace.size(); i += every) {
      svg.append(format("%.1f,%.1f ", x(trace.x(i), start, end), y(trace.y(i), top, low, high)));
    }
    svg.append(String.format(Locale.ROOT, "\"/>\n"));
  }

  private void times(StringBuilder svg, int foot, double start, double end) {
    double step = step(end - start, 8);
    for (double tick = Math.ceil(start / step) * step; tick <= end + step / 1e6; tick += step) {
      svg.append(
          format(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
              x(tick, start, end), foot, number(tick, step)));
    }
    svg.append(
        format(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#57606a\">%s</text>\n",
            (LEFT + WIDTH - RIGHT) / 2, foot + 20, escaped(time)));
  }

  private static double x(double value, double start, double end) {
    return LEFT + (value - start) / (end - start) * (WIDTH - RIGHT - LEFT);
  }

  private static double y(double value, int top, double low, double high) {
    return top + HEIGHT - (value - low) / (high - low) * HEIGHT;
  }

  /** A round step, 1, 2 or 5 times a power of ten, so that about {@code ticks} fit the span. */
  private static double step(double span, int ticks) {
    double raw = Math.max(span, 1e-9) / ticks;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double share = raw / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  }

  private static String number(double value, double step) {
    int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    return String.format(Locale.ROOT, "%." + digits + "f", value + 0.0);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
