package dev.anodyne.controller.station;

import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;

/** A charger whose status image also says what operators have asked for. */
final class SupervisedCharger implements Charger {
  private final Charger charger;
  private final ConnectorSupervision supervision;

  SupervisedCharger(Charger charger, ConnectorSupervision supervision) {
    this.charger = charger;
    this.supervision = supervision;
  }

  @Override
  public ChargerStatus status() {
    return supervision.supervised(charger.status());
  }

  @Override
  public void apply(CurrentCommand command) {
    charger.apply(command);
    supervision.commanded();
  }

  @Override
  public void applyThermal(ThermalCommand command) {
    charger.applyThermal(command);
  }

  @Override
  public void fence(long number) {
    charger.fence(number);
  }

  @Override
  public void close() {
    charger.close();
  }
}
