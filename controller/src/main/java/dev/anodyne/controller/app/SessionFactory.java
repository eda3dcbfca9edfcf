package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.client.LockstepOpcUaCharger;
import dev.anodyne.opcua.client.OpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** Builds sessions on the real parts: OPC UA charger, estimator and policy by name. */
public final class SessionFactory {
  private static final double NANOS = 1e9;

  /** A decision may take this share of its period; the rest is for estimate and command. */
  private static final double SOLVE_SHARE = 0.7;

  /** Stalls of the machine are shorter than this; at a higher speed they last longer, wall s. */
  private static final double WALL_STALENESS_SECONDS = 0.5;

  private static final long LONGEST_READ_MILLIS = 100;
  private static final long SHORTEST_READ_MILLIS = 20;

  private SessionFactory() {}

  /** A session by the clock at speed 1, on a real charger. */
  public static SessionSetup realTime(ConnectorConfig c) {
    return realTime(c, 1);
  }

  /**
   * A session by the clock on a bench that runs faster.
   *
   * @param speed loop seconds in a second of the wall clock; 1 for real chargers
   */
  public static SessionSetup realTime(ConnectorConfig connector, double speed) {
    ConnectorConfig c = speed == 1 ? connector : connector.withCharger(atSpeed(connector, speed));
    OpcUaChargerConfig charger = c.charger().withReadPeriod(readPeriod(c, speed));
    long deadline = Math.round(SOLVE_SHARE * c.periodSeconds() / speed * NANOS);
    return setup(
        c,
        clock -> OpcUaCharger.start(charger, clock),
        deadline,
        speed,
        new SessionSetup.Pace.RealTime(speed));
  }

  /** The link's times are the charger's own, whatever the speed of the loop's clock. */
  private static OpcUaChargerConfig atSpeed(ConnectorConfig c, double speed) {
    TagMapping mapping = c.charger().mapping();
    return c.charger().withMapping(mapping.withLink(mapping.link().atSpeed(speed)));
  }

  /** A session in step with a bench's plant. */
  public static SessionSetup lockstep(ConnectorConfig c) {
    return setup(
        c, unused -> LockstepOpcUaCharger.of(c.charger()), 0, 1, new SessionSetup.Pace.Lockstep());
  }

  /** What the charge is to do. */
  public static SessionSettings settings(ConnectorConfig c) {
    SessionSettings eachPeriod =
        new SessionSettings(
            c.id(),
            c.layout(),
            c.targetSoc(),
            c.maxVoltageVolts(),
            c.maxTemperatureKelvin(),
            c.maxCellCurrentAmps(),
            c.minAnodePotentialVolts(),
            c.ambientKelvin(),
            Math.round(c.periodSeconds() * NANOS),
            c.charger().mapping().link().reserve().toNanos());
    return eachPeriod.decidingEvery(Math.round(c.session().decideEverySeconds() * NANOS));
  }

  private static SessionSetup setup(
      ConnectorConfig c,
      Function<NanoClock, ? extends Charger> charger,
      long deadlineNanos,
      double speed,
      SessionSetup.Pace pace) {
    Path file = c.batteryFile();
    BatteryMemory battery = file == null ? null : new BatteryMemory(file, c, Clock.systemUTC());
    ChargeMaker maker = new ChargeMaker(c, battery, deadlineNanos, Clock.systemDefaultZone());
    PolicySource source = new PolicySource(c.id(), c.policy(), maker);
    return new SessionSetup(
        settings(c),
        charger,
        new Guard(guard(c, speed, pace)),
        pace,
        new About(c.title(), c.cell().name(), source.identity().shown(), c.estimator()),
        battery,
        source,
        maker);
  }

  /** Times that fit the period, and on an accelerated clock the machine's own stalls. */
  private static GuardSettings guard(ConnectorConfig c, double speed, SessionSetup.Pace pace) {
    double stall = speed > 1 ? WALL_STALENESS_SECONDS * speed : 0;
    // A plant in step waits for the controller: its values may rightly stand still.
    double frozen = pace instanceof SessionSetup.Pace.Lockstep ? 0 : c.guard().frozenSeconds();
    return GuardSettings.of(c.layout(), c.maxVoltageVolts(), c.maxTemperatureKelvin())
        .withMaxCurrentAmps(c.guard().maxCurrentAmps())
        .withTimes(
            nanos(largest(c.guard().stalenessSeconds(), 1.5 * c.periodSeconds(), stall)),
            frozen == 0 ? 0 : nanos(largest(frozen, 2.5 * c.periodSeconds(), 1.25 * stall)),
            nanos(Math.max(2, c.periodSeconds())));
  }

  private static Duration readPeriod(ConnectorConfig c, double speed) {
    long millis = Math.round(c.periodSeconds() * 1000 / speed / 4);
    return Duration.ofMillis(Math.max(SHORTEST_READ_MILLIS, Math.min(LONGEST_READ_MILLIS, millis)));
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS);
  }

  private static double largest(double a, double b, double c) {
    return Math.max(a, Math.max(b, c));
  }
}
