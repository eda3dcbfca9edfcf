package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.MeasuringUnit;
import java.util.Optional;

/**
 * The unit of numbers whose server tells none.
 *
 * @param unit the unit; empty: the tag's own, for want of anything better
 * @param scale on top of it
 * @param told the server says so
 */
record UnitGuess(Optional<MeasuringUnit> unit, double scale, boolean told) {
  /** From the name's end; else from the value, where only one unit makes sense of it. */
  static UnitGuess of(ChargerTag tag, SpaceNode node) {
    Optional<MeasuringUnit> named =
        NameParts.of(node.name()).unit().filter(unit -> unit.base() == tag.unit());
    if (named.isPresent()) {
      return new UnitGuess(named, 1, false);
    }
    Object value = node.variable().orElseThrow().value().value().value();
    double number = value instanceof Number n ? n.doubleValue() : Double.NaN;
    boolean whole = TagGuesser.isWhole(node);
    if (tag.unit() == EngineeringUnit.KELVIN) {
      return temperature(number, whole);
    }
    boolean isCell = tag.path().contains("CellVoltage");
    if (isCell && number >= 1500 && number <= 5000) {
      return new UnitGuess(Optional.of(MeasuringUnit.MILLIVOLT), 1, false);
    }
    if (isCell && whole && number >= 150 && number <= 500) {
      return new UnitGuess(Optional.of(MeasuringUnit.CENTIVOLT), 1, false);
    }
    return new UnitGuess(Optional.empty(), 1, false);
  }

  /** Kelvin at room temperature looks like tenths of a degree at 29 °C: whole numbers decide. */
  private static UnitGuess temperature(double number, boolean whole) {
    if (number > -60 && number < 100) {
      return new UnitGuess(Optional.of(MeasuringUnit.CELSIUS), 1, false);
    }
    if (whole && number >= 100 && number < 1000) {
      return new UnitGuess(Optional.of(MeasuringUnit.CELSIUS), 0.1, false);
    }
    return new UnitGuess(Optional.empty(), 1, false);
  }

  /** What is said about it in a draft. */
  String text(ChargerTag tag, SpaceNode.Variable variable) {
    String now = Shown.text(variable.value().value().value());
    String taken =
        (scale == 1 ? "" : Shown.number(scale) + " ")
            + unit.map(MeasuringUnit::symbol).orElse(tag.unit().symbol());
    String told =
        variable
            .unit()
            .map(unit -> "UNIT '" + Shown.unit(unit) + "' NOT KNOWN")
            .orElse("UNIT NOT TOLD");
    return told + ", taken as " + taken + ": it says " + now + " now";
  }
}
