package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.SessionTape.Truth;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.plantsim.PlantSensors;
import dev.anodyne.plantsim.pack.Pack;
import java.util.concurrent.CancellationException;

/**
 * Charges a true battery and tapes it. The current is chosen by the truth, so that all estimators
 * see the same session and none decides on its own test. Where the anode potential reaches the
 * session's floor (a rider's: a level that wanders between 2 and 20 mV), the current is held back,
 * as a controller does: the tape is richest where estimates matter.
 */
final class SessionRunner {
  private static final double LONGEST_SECONDS = 5400;
  private static final double RAMP_PER_SECOND = 0.3;
  private static final double TAPER_RATE = 0.05;

  /** A cell below this is plating deeply; no guard would have let it come here. */
  private static final double STOP_VOLTS = -0.08;

  /** Share of the distance to the floor's current that one step takes. */
  private static final double GAIN = 0.3;

  /** Fall of the anode potential with current, V a C, at 25 °C and how it grows with cold, K. */
  private static final double VOLTS_PER_C = 0.045;

  private static final double ACTIVATION_KELVIN = 3000;
  private static final double WARM_KELVIN = 298.15;
  private static final double WARMEST_KELVIN = 333;
  private static final double RATE_PER_KELVIN = 0.8;

  private final Battery battery;
  private final Charge charge;
  private final Pack pack;
  private final Profile.Held held;
  private double rate;
  private double level;
  private double levelUntil;

  private SessionRunner(Battery battery, Charge charge) {
    this.battery = battery;
    this.charge = charge;
    pack = battery.pack(charge.fromSoc(), charge.ambientKelvin());
    held = new Profile.Held(charge.random().split());
    level = charge.floorVolts();
  }

  /** Tapes a session with a sample every period. */
  static SessionTape run(Battery battery, Charge charge, double periodSeconds) {
    return new SessionRunner(battery, charge).run(periodSeconds);
  }

  private SessionTape run(double dt) {
    SessionTape tape = new SessionTape();
    PlantSensors sensors =
        new PlantSensors(battery.sensors(), pack.cellCount(), charge.random().split());
    double ampHours = battery.cell().nominalCapacityAmpHours();
    double seconds = 0;
    tape.add(sensors.read(pack, 0), truth(0));
    while (seconds < LONGEST_SECONDS) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException();
      }
      rate = nextRate(seconds, dt);
      if (!pack.step(rate * ampHours, ceilingVolts(), dt, charge.ambientKelvin()).isUsable()) {
        break;
      }
      rate = pack.chargeCurrentAmps() / ampHours;
      seconds += dt;
      Truth truth = truth(seconds);
      tape.add(sensors.read(pack, Math.round(seconds * 1e9)), truth);
      boolean tapered = pack.isAtCeiling() && rate < TAPER_RATE;
      if (truth.soc() >= charge.toSoc() || tapered || truth.anodePotentialVolts() < STOP_VOLTS) {
        break;
      }
    }
    return tape;
  }

  /** Battery voltage at which its highest cell is at the limit. */
  private double ceilingVolts() {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < pack.cellCount(); i++) {
      highest = Math.max(highest, pack.outputs(i).voltageVolts);
    }
    int series = battery.layout().series();
    double above = series * highest - pack.voltageVolts();
    return series * battery.cell().upperCutOffVolts() - above;
  }

  private double nextRate(double seconds, double dt) {
    double charging = seconds - charge.restSeconds();
    if (charging < 0) {
      return 0;
    }
    P2dOutputs weakest = weakest();
    double wanted = charge.profile().cRate(charging, pack.soc(), held);
    double kelvin = weakest.temperatureKelvin;
    wanted = Math.min(wanted, Math.max(0.2, RATE_PER_KELVIN * (WARMEST_KELVIN - kelvin)));
    double voltsPerC =
        VOLTS_PER_C * Math.exp(ACTIVATION_KELVIN * Math.max(0, 1 / kelvin - 1 / WARM_KELVIN));
    double room = (weakest.anodePotentialVolts - floor(charging)) / voltsPerC;
    double next = Math.min(wanted, rate + Math.min(GAIN * room, RAMP_PER_SECOND * dt));
    return Math.max(0, next);
  }

  private double floor(double charging) {
    if (charge.profile() == Profile.RIDER && charging >= levelUntil) {
      level = Draws.between(charge.random(), 0.002, 0.02);
      levelUntil = charging + Draws.between(charge.random(), 120, 900);
    }
    return level;
  }

  private P2dOutputs weakest() {
    P2dOutputs weakest = pack.outputs(0);
    for (int i = 1; i < pack.cellCount(); i++) {
      if (pack.outputs(i).anodePotentialVolts < weakest.anodePotentialVolts) {
        weakest = pack.outputs(i);
      }
    }
    return weakest;
  }

  private Truth truth(double seconds) {
    return Truth.of(seconds, pack.soc(), weakest());
  }
}
