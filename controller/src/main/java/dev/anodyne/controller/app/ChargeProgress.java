package dev.anodyne.controller.app;

import dev.anodyne.controller.http.TimeLeft;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.opcua.server.station.ChargerSnapshot;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** How long a charge has taken, and how long it will take yet. Begins afresh with each charge. */
final class ChargeProgress {
  private TimeLeft left = new TimeLeft();
  private long sequence = -1;
  private double firstCurrentSeconds = Double.NaN;
  private double elapsedSeconds;

  /**
   * Takes in a record.
   *
   * @param json the same record as it is published
   */
  ChargerSnapshot.Progress follow(LoopRecord record, JsonObject json) {
    if (record.sequence() < sequence) {
      left = new TimeLeft();
      firstCurrentSeconds = Double.NaN;
      elapsedSeconds = 0;
    }
    sequence = record.sequence();
    double seconds = record.timeNanos() * 1e-9;
    CellEstimate estimate = record.estimate();
    double soc = estimate != null && estimate.valid() ? estimate.soc() : Double.NaN;
    left.follow(seconds, soc);
    if (record.command().chargeCurrentAmps() > 0 && Double.isNaN(firstCurrentSeconds)) {
      firstCurrentSeconds = seconds;
    }
    boolean over = record.state().isOver();
    if (!over && !Double.isNaN(firstCurrentSeconds)) {
      elapsedSeconds = seconds - firstCurrentSeconds;
    }
    @Nullable Double rest = over ? null : left.seconds(soc, record.limits().targetSoc(), json);
    return new ChargerSnapshot.Progress(elapsedSeconds, rest == null ? Double.NaN : rest);
  }
}
