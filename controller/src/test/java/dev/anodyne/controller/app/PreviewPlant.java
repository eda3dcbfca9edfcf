package dev.anodyne.controller.app;

import dev.anodyne.controller.Images;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.LockstepCharger;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.SolveStatus;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A made-up battery for looking at the dashboard and for tests of the wiring: shapes like a real
 * charge, no chemistry. Stands still (a second a tick) once {@code pauseAtSeconds} is reached.
 */
final class PreviewPlant implements LockstepCharger {
  private static final double CAPACITY = 5;
  private final Random random = new Random(1);
  private final double pauseAtSeconds;
  private final Consumer<PreviewPlant> onTick;
  private double seconds = -1;
  private double soc = 0.1;
  private volatile double amps;
  private double kelvin = 298.15;
  private volatile boolean down;

  PreviewPlant(double pauseAtSeconds, Consumer<PreviewPlant> onTick) {
    this.pauseAtSeconds = pauseAtSeconds;
    this.onTick = onTick;
  }

  void setDown(boolean isDown) {
    down = isDown;
  }

  double seconds() {
    return seconds;
  }

  double amps() {
    return amps;
  }

  double trueAnode() {
    return anode(soc, amps, kelvin);
  }

  double soc() {
    return soc;
  }

  static double anode(double soc, double amps, double kelvin) {
    double resistance = 0.0075 * Math.exp(-(kelvin - 298.15) * 0.03) * (0.75 + 0.9 * soc);
    return 0.075 + 0.16 * Math.exp(-soc * 14) - 0.055 * soc - resistance * amps;
  }

  private static double ocv(double soc) {
    return 3.35 + 0.75 * soc + 0.12 * Math.tanh((soc - 0.05) * 12);
  }

  @Override
  public ChargerStatus awaitTick(Duration timeout) throws InterruptedException {
    Thread.sleep(seconds >= pauseAtSeconds ? 1000 : seconds % 4 == 0 ? 1 : 0);
    if (!down) {
      seconds++;
    }
    onTick.accept(this);
    return status();
  }

  @Override
  public ChargerStatus status() {
    double v = ocv(soc) + 0.018 * amps;
    double noise = 0.001 * random.nextGaussian();
    Measurement m =
        new Measurement(
            Math.round(Math.max(0, seconds) * 1e9),
            amps * (1 + 0.001 * random.nextGaussian()),
            4 * (v - 0.004) + noise,
            kelvin,
            v - 0.009 + noise,
            v + noise,
            kelvin - 0.6,
            kelvin + 0.2 * random.nextGaussian() * 0.5,
            Quality.GOOD);
    return new ChargerStatus(
        down ? LinkState.DOWN : LinkState.UP,
        m,
        new ChargerCapabilities(8, 17.2, 15, 300, 20),
        new BatteryLimits(15, 16.84, 4.2, 318.15, 1000),
        true,
        Set.of(),
        down ? "Connection to opc.tcp://localhost:4841 refused." : "");
  }

  @Override
  public void complete(CurrentCommand command) {
    amps = command.chargeCurrentAmps();
    soc += amps / 3600 / CAPACITY;
    kelvin += (amps * amps * 0.018 - 0.21 * (kelvin - 298.15)) / 75;
  }

  CellEstimate estimate(Measurement m) {
    double a = anode(soc, amps, kelvin) + 0.0015 * Math.sin(seconds / 90);
    CellEstimate e = Images.estimate(m, soc + 0.002);
    return new CellEstimate(
        e.timeNanos(),
        true,
        true,
        e.chargeCurrentAmps(),
        e.voltageVolts(),
        e.temperatureKelvin(),
        e.soc(),
        a,
        a - 0.0045,
        0.5,
        0.5,
        0.5,
        e.coreTemperatureKelvin(),
        0,
        null);
  }

  /** Rides the bound at zero and says how it would go on. */
  PolicyDecision ride(CellEstimate e, ChargeLimits limits) {
    int n = 30;
    double[] ahead = new double[n];
    double[] current = new double[n];
    double[] volts = new double[n];
    double[] anode = new double[n];
    double[] temp = new double[n];
    double[] socs = new double[n];
    double s = e.soc();
    double t = kelvin;
    for (int i = 0; i < n; i++) {
      double step = i < 10 ? 1 : 20;
      ahead[i] = (i == 0 ? 0 : ahead[i - 1]) + step;
      double atZero = anode(s, 0, t) - 0.0045;
      double slope = anode(s, 0, t) - anode(s, 1, t);
      current[i] = Math.max(0, Math.min(limits.maxChargeCurrentAmps(), atZero / slope));
      s += current[i] * step / 3600 / CAPACITY;
      t += (current[i] * current[i] * 0.018 - 0.21 * (t - 298.15)) / 75 * step;
      socs[i] = s;
      temp[i] = t;
      volts[i] = ocv(s) + 0.018 * current[i];
      anode[i] = anode(s, current[i], t) - 0.0045;
    }
    return new PolicyDecision(
        current[0],
        4.2,
        new PlanAhead(ahead, current, volts, anode, temp, socs),
        SolveStatus.OK,
        DecisionSource.MPC,
        current[0] < limits.maxChargeCurrentAmps()
            ? ActiveConstraint.ANODE_POTENTIAL
            : ActiveConstraint.CURRENT,
        (long) (18e6 + 4e6 * Math.abs(random.nextGaussian())));
  }

  @Override
  public void apply(CurrentCommand command) {}

  @Override
  public void close() {}
}
