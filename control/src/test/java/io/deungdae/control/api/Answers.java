package io.deungdae.control.api;

import io.deungdae.collector.signal.Label;
import java.util.List;

/** What the made-up gateways of the tests answer, each way once. */
public final class Answers {

  private Answers() {}

  /** A setpoint that a guard has cut down and that was written. */
  public static Wire.SetpointAnswer limited(Wire.SetpointRequest request) {
    return new Wire.SetpointAnswer(
        request.tag(),
        request.value(),
        "LIMITED",
        "range",
        new Label("at most 890 °C", "최대 890 °C"),
        "CONFIRMED",
        890.0,
        890.0,
        912.0);
  }

  /** A backup under way. */
  public static Wire.BackupView backup() {
    return new Wire.BackupView(
        "RUNNING", "/backup/monday", "history", 1_000_000, 8_000_000, 0, 0, "");
  }

  /** A change that was brought into force but for one thing. */
  public static Wire.ReloadAnswer reloaded() {
    return new Wire.ReloadAnswer(
        "APPLIED",
        List.of(),
        List.of(new Wire.DeviceChangeView("press-2", "CHANGED", false, 3, 0, 1)),
        List.of("influx.plant"),
        List.of(
            new Wire.RefusalView(
                "historian",
                new Label(
                    "Takes effect when the gateway is started again.", "게이트웨이를 다시 시작해야 적용됩니다."))),
        "0a1b",
        "2c3d");
  }
}
