package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Charges where something is in the way: noise, another cell, heat, a slow or weak charger. */
class ScenarioTest {
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final double ROOM = 298.15;

  private static CellParameters cell(double heatTransfer) {
    return CellParameters.load("lgm50").withHeatTransfer(heatTransfer);
  }

  private static ChargeLimits limits(double watts, double ramp, double ambient) {
    return new ChargeLimits(15, 4.2, 318.15, 0, 0.81, watts, ramp, ambient);
  }

  private static ClosedLoop charge(
      String name,
      CellParameters plant,
      CellParameters model,
      double fromSoc,
      double period,
      DoubleFunction<ChargeLimits> limits,
      Consumer<ClosedLoop> set) {
    double ambient = limits.apply(0).ambientTemperatureKelvin();
    ClosedLoop loop = new ClosedLoop(plant, model, fromSoc, ambient);
    loop.period = period;
    set.accept(loop);
    PolicyContext context =
        new PolicyContext(model, period, fromSoc, ambient, limits.apply(0), NanoClock.SYSTEM, 0);
    try (ChargingPolicy policy = Policies.create(name, context)) {
      loop.run(policy, limits, 4 * 3600);
    }
    System.out.println(loop.report(name));
    return loop;
  }

  private static void assertWithinLimits(ClosedLoop loop) {
    assertThat(loop.truth.soc).isGreaterThanOrEqualTo(0.8);
    // The demo's contract: 2 mV, 0.1 K, 0.1 % of the current, and never plating.
    assertThat(loop.minAnodeVolts).isGreaterThanOrEqualTo(0.0);
    assertThat(loop.maxVolts).isLessThan(4.202);
    assertThat(loop.maxKelvin).isLessThan(318.25);
    assertThat(loop.maxAmps).isLessThan(15.015);
  }

  /** A cell 3 % smaller, with more resistance, slower in everything and worse cooled. */
  private static final CellVariation OTHER_CELL =
      new CellVariation(0.97, 0.003, 0.9, 0.95, 0.85, 0.9, 0.9, 0.95, 0.01, 0, 0, 0.9);

  @Test
  void noiseAndAnotherCellThanTheModel() {
    ClosedLoop loop =
        charge(
            "mpc",
            cell(40).with(OTHER_CELL),
            cell(40),
            0.1,
            1,
            t -> limits(NONE, NONE, ROOM),
            l -> {
              l.boundVolts = 2e-3;
              l.boundNoiseVolts = 5e-4;
              l.voltageNoiseVolts = 1e-3;
              l.temperatureNoiseKelvin = 0.2;
            });
    assertWithinLimits(loop);
    // At least 30 % faster than the 58 minutes of the fastest plating-free CC-CV.
    assertThat(loop.minutes()).isLessThan(0.7 * 58);
    assertThat(loop.solveMillis(0.5)).as("median decision, ms").isLessThan(8);
  }

  @Test
  void temperatureLimitInWarmAir() {
    DoubleFunction<ChargeLimits> warm = t -> limits(NONE, NONE, 308.15);
    Consumer<ClosedLoop> noisy =
        l -> {
          l.boundVolts = 1e-3;
          l.temperatureNoiseKelvin = 0.2;
        };
    ClosedLoop mpc = charge("mpc", cell(10), cell(10), 0.1, 2, warm, noisy);
    ClosedLoop rider = charge("rider", cell(10), cell(10), 0.1, 2, warm, noisy);
    assertWithinLimits(mpc);
    assertThat(mpc.maxKelvin).isGreaterThan(317.0);
    // Without noise the two are equal to 0.2 %; the controller answers noise at the limit
    // one-sidedly,
    // which costs it about 1 %.
    assertThat(mpc.minutes()).isLessThan(1.02 * rider.minutes());
  }

  @Test
  void aSlowChargerAndAPowerCapInMidSession() {
    DoubleFunction<ChargeLimits> station = t -> limits(t > 300 && t < 600 ? 20 : 60, 0.5, ROOM);
    ClosedLoop mpc = charge("mpc", cell(40), cell(40), 0.3, 1, station, l -> l.boundVolts = 1e-3);
    ClosedLoop rider =
        charge("rider", cell(40), cell(40), 0.3, 1, station, l -> l.boundVolts = 1e-3);
    assertWithinLimits(mpc);
    assertThat(mpc.maxRise).isLessThan(0.5 + 1e-9);
    assertThat(mpc.minutes()).isLessThan(1.005 * rider.minutes());
    assertThat(mpc.minAnodeVolts).isGreaterThanOrEqualTo(rider.minAnodeVolts - 1e-4);
  }

  /** From rest in mid-charge the first current is a jump that no measurement has confirmed. */
  @Test
  void resumingInMidChargeDoesNotOvershoot() {
    for (String name : new String[] {"mpc", "rider"}) {
      ClosedLoop loop =
          charge(
              name,
              cell(40).with(OTHER_CELL),
              cell(40),
              0.5,
              1,
              t -> limits(NONE, NONE, ROOM),
              l -> {
                l.boundVolts = 1.5e-3;
                l.toSoc = 0.6;
              });
      assertThat(loop.minAnodeVolts).as(name).isGreaterThanOrEqualTo(0.0);
    }
  }

  @Test
  void coldAndWithATenSecondPeriod() {
    ClosedLoop loop =
        charge(
            "mpc",
            cell(40),
            cell(40),
            0.1,
            10,
            t -> limits(NONE, NONE, 283.15),
            l -> l.boundVolts = 2e-3);
    assertWithinLimits(loop);
    // 144 min is the fastest CC-CV at 10 °C that does not plate, 57 the rider without margin.
    assertThat(loop.minutes()).isLessThan(70);
  }

  @Test
  @Tag("slow")
  void manyCellsThatAreNotTheModel() {
    Random random = new Random(2024);
    for (int i = 0; i < 25; i++) {
      CellVariation v =
          new CellVariation(
              factor(random, 0.05),
              0.003 * random.nextDouble(),
              factor(random, 0.2),
              factor(random, 0.2),
              factor(random, 0.2),
              factor(random, 0.2),
              factor(random, 0.2),
              factor(random, 0.2),
              0.02 * random.nextDouble(),
              0,
              0,
              factor(random, 0.2));
      double ambient = 278.15 + 30 * random.nextDouble();
      double from = 0.05 + 0.4 * random.nextDouble();
      double ramp = random.nextBoolean() ? NONE : 0.5 + random.nextDouble();
      ClosedLoop loop =
          charge(
              "mpc",
              cell(40).with(v),
              cell(40),
              from,
              1,
              // The twin here does not learn the other cell's capacity: let it charge on.
              t -> new ChargeLimits(15, 4.2, 318.15, 0, 0.9, NONE, ramp, ambient),
              l -> {
                l.boundVolts = 3e-3;
                l.boundNoiseVolts = 7e-4;
                l.voltageNoiseVolts = 1e-3;
                l.temperatureNoiseKelvin = 0.2;
              });
      assertWithinLimits(loop);
    }
  }

  private static double factor(Random random, double spread) {
    return 1 + spread * (2 * random.nextDouble() - 1);
  }
}
