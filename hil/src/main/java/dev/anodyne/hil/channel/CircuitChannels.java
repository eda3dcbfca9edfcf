package dev.anodyne.hil.channel;

import dev.anodyne.core.signal.Ripple;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.charger.ContactorSettings;
import dev.anodyne.plantsim.charger.Contactors;
import dev.anodyne.plantsim.charger.Insulation;
import dev.anodyne.plantsim.pack.BatteryTerminals;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What lies between charger and battery: contactors, pre-charge, insulation, ripple. */
final class CircuitChannels {
  private static final double MANY_OHMS = 1e9;

  private final ChargingPlant plant;
  private final List<Channel> all;

  private CircuitChannels(ChargingPlant plant, List<Channel> all) {
    this.plant = plant;
    this.all = all;
  }

  static void add(ChargingPlant plant, List<Channel> all) {
    CircuitChannels made = new CircuitChannels(plant, all);
    made.contactors(plant.contactors());
    made.insulation(plant.insulation());
    made.ripple();
    made.terminals(plant.pack().terminals());
  }

  private void terminals(BatteryTerminals terminals) {
    all.add(
        Channel.result(
            "pack.shortCurrent",
            "A",
            "through a short across the battery's terminals",
            terminals::shortAmps));
    flag(
        "pack.fuseBlown",
        ChannelKind.TRUE,
        "1 when the battery's fuse has melted",
        terminals::isBlown);
  }

  private void contactors(Contactors contactors) {
    flag("contactor.closed", ChannelKind.TRUE, "1 while current can flow", contactors::isClosed);
    flag(
        "contactor.command",
        ChannelKind.COMMAND,
        "1 while the charger commands them closed",
        contactors::isCommanded);
    flag(
        "contactor.feedback",
        ChannelKind.MEASURED,
        "what the auxiliary contacts say",
        contactors::feedback);
    all.add(
        Channel.result(
            "contactor.linkVoltage",
            "V",
            "of the charger's output capacitor",
            contactors::linkVolts));
    all.add(
        Channel.setting(
                "contactor.closeTime",
                "s",
                "from the command to closed contacts",
                () -> contactors.settings().closeSeconds(),
                value -> contactors.setSettings(closing(contactors.settings(), value)))
            .within(0, 60));
    all.add(
        Channel.setting(
                "contactor.prechargeResistance",
                "Ohm",
                "over which the output capacitor is charged first",
                () -> contactors.settings().prechargeOhms(),
                value -> contactors.setSettings(precharging(contactors.settings(), value)))
            .within(0, MANY_OHMS));
  }

  private static ContactorSettings closing(ContactorSettings s, double seconds) {
    return new ContactorSettings(
        seconds,
        s.prechargeOhms(),
        s.outputFarads(),
        s.prechargeTimeoutSeconds(),
        s.diagnosisSeconds());
  }

  private static ContactorSettings precharging(ContactorSettings s, double ohms) {
    return new ContactorSettings(
        s.closeSeconds(),
        ohms,
        s.outputFarads(),
        s.prechargeTimeoutSeconds(),
        s.diagnosisSeconds());
  }

  private void insulation(Insulation insulation) {
    all.add(
        Channel.result(
            "insulation.resistance",
            "Ohm",
            "between the battery circuit and earth, leaks included",
            insulation::resistanceOhms));
    all.add(
        Channel.setting(
                "insulation.soundResistance",
                "Ohm",
                "without a leak",
                insulation::soundOhms,
                insulation::setSoundOhms)
            .within(1, MANY_OHMS));
    all.add(
        Channel.setting(
                "insulation.reactionTime",
                "s",
                "of the charger's insulation monitor",
                insulation::reactionSeconds,
                insulation::setReactionSeconds)
            .within(0, 3600));
  }

  private void ripple() {
    all.add(
        Channel.setting(
                "charger.rippleAmplitude",
                "A",
                "peak of the alternating current on the direct current",
                () -> plant.ripple().amplitudeAmps(),
                value -> plant.setRipple(new Ripple(value, hertz(), plant.ripple().phaseRadians())))
            .within(0, 1000));
    all.add(
        Channel.setting(
                "charger.rippleFrequency",
                "Hz",
                "of that current; 300 unless set",
                this::hertz,
                value ->
                    plant.setRipple(
                        new Ripple(
                            plant.ripple().amplitudeAmps(), value, plant.ripple().phaseRadians())))
            .within(0, 1e6));
  }

  /** Six times the mains' 50 Hz, as a three-phase rectifier leaves it, unless set. */
  private double hertz() {
    return plant.ripple().hertz() > 0 ? plant.ripple().hertz() : 300;
  }

  private void flag(String name, ChannelKind kind, String meaning, BooleanSupplier source) {
    all.add(Channel.readOnly(name, "1", kind, meaning, () -> source.getAsBoolean() ? 1 : 0));
  }
}
