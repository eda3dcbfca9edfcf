package dev.anodyne.hil.fault;

import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.charger.ChargerElectronics;
import dev.anodyne.plantsim.charger.ChargerFaultInjection;
import dev.anodyne.plantsim.charger.Contactors;
import dev.anodyne.plantsim.charger.Contactors.Defect;
import java.util.function.UnaryOperator;

/** Faults of the charger's electronics, its contactors and the insulation. */
final class ActuatorFaults {
  private final ChargerElectronics charger;
  private final Contactors contactors;
  private final ChargingPlant plant;

  ActuatorFaults(ChargingPlant plant) {
    this.plant = plant;
    charger = plant.charger();
    contactors = plant.contactors();
  }

  ComponentFault.Component of(String kind) {
    return switch (kind) {
      case "actuator.contactorWeld" -> defect(Defect.WELDED);
      case "actuator.contactorStuckOpen" -> defect(Defect.STUCK_OPEN);
      case "actuator.feedbackMismatch" ->
          ComponentFault.of(
              () -> contactors.setFeedbackInverted(true),
              () -> {
                contactors.setFeedbackInverted(false);
                contactors.reset();
              });
      case "actuator.prechargeFailure" ->
          ComponentFault.of(
              factor -> contactors.setPrechargeFactor(Math.max(1, factor)),
              () -> {
                contactors.setPrechargeFactor(1);
                contactors.reset();
              });
      case "actuator.overDelivery" ->
          ComponentFault.of(
              share -> charger.inject(charger.injection().withDeliveryFactor(1 + share)), 0);
      case "actuator.ignoredStop" ->
          injection(i -> i.withIgnoresStop(true), i -> i.withIgnoresStop(false));
      case "actuator.slowRamp" ->
          ComponentFault.of(
              times -> charger.inject(charger.injection().withRampFactor(1 / Math.max(1, times))),
              1);
      case "actuator.stuckOutput" -> injection(i -> i.withStuck(true), i -> i.withStuck(false));
      case "actuator.ignoredCeiling" ->
          injection(
              i -> i.withIgnoresVoltageCeiling(true), i -> i.withIgnoresVoltageCeiling(false));
      case "actuator.insulationLeak" -> leak();
      default -> throw new IllegalArgumentException("Fault " + kind + " is not an actuator's.");
    };
  }

  private ComponentFault.Component defect(Defect defect) {
    return ComponentFault.of(
        () -> contactors.setDefect(defect),
        () -> {
          contactors.setDefect(Defect.NONE);
          contactors.reset();
        });
  }

  private ComponentFault.Component injection(
      UnaryOperator<ChargerFaultInjection> on, UnaryOperator<ChargerFaultInjection> off) {
    return ComponentFault.of(
        () -> charger.inject(on.apply(charger.injection())),
        () -> charger.inject(off.apply(charger.injection())));
  }

  /** A leak grows by its conductance. */
  private ComponentFault.Component leak() {
    return new ComponentFault.Component() {
      @Override
      public void set(double level, double severity) {
        plant.insulation().setLeakOhms(severity * (severity / level));
      }

      @Override
      public void restore() {
        plant.insulation().setLeakOhms(Double.POSITIVE_INFINITY);
        plant.insulation().reset();
      }
    };
  }
}
