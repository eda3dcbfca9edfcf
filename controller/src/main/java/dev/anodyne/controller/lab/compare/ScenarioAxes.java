package dev.anodyne.controller.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * A part of the grid: every combination of its axes is a scenario.
 *
 * @param block its name; empty when it is the only part
 * @param weight how much each of its scenarios counts in a search, above 0
 * @param cells shipped sets or BPX files
 * @param plants what the plant differs in
 * @param aged ages of the battery
 * @param sensors errors of the sensors
 * @param fromSocs states of charge at the start, 0–1
 * @param toSoc state of charge to reach, 0–1
 * @param ambientCelsius temperatures, °C
 * @param known for each: whether the battery was identified before
 * @param heatTransferWattsPerM2Kelvin over the cell's cooling area, W/m²K
 * @param limits of every charge
 * @param periodSeconds time between decisions, s
 * @param firstSeed seeds are this and the ones after it
 * @param seeds how many
 */
public record ScenarioAxes(
    String block,
    double weight,
    List<String> cells,
    List<PlantKeys> plants,
    List<PlantKeys> aged,
    List<PlantKeys> sensors,
    List<Double> fromSocs,
    double toSoc,
    List<Double> ambientCelsius,
    List<Boolean> known,
    double heatTransferWattsPerM2Kelvin,
    ScenarioLimits limits,
    double periodSeconds,
    long firstSeed,
    int seeds) {
  /** The reference charge: lgm50, 10 to 80 %, 25 °C, 40 W/m²K, nominal plant, seed 1, 10 s. */
  public static final ScenarioAxes REFERENCE =
      new ScenarioAxes(
          "",
          1,
          List.of("lgm50"),
          List.of(PlantKeys.NOMINAL),
          List.of(PlantKeys.FRESH),
          List.of(PlantKeys.STANDARD_SENSORS),
          List.of(0.1),
          0.8,
          List.of(25.0),
          List.of(false),
          40,
          ScenarioLimits.DEFAULT,
          10,
          1,
          1);

  public ScenarioAxes {
    cells = List.copyOf(cells);
    plants = List.copyOf(plants);
    aged = List.copyOf(aged);
    sensors = List.copyOf(sensors);
    fromSocs = List.copyOf(fromSocs);
    ambientCelsius = List.copyOf(ambientCelsius);
    known = List.copyOf(known);
  }

  /** The same axes with other seeds and another time between decisions, s. */
  public ScenarioAxes with(double otherPeriodSeconds, long otherFirstSeed, int otherSeeds) {
    return new ScenarioAxes(
        block,
        weight,
        cells,
        plants,
        aged,
        sensors,
        fromSocs,
        toSoc,
        ambientCelsius,
        known,
        heatTransferWattsPerM2Kelvin,
        limits,
        otherPeriodSeconds,
        otherFirstSeed,
        otherSeeds);
  }

  /** How many scenarios there are. */
  long size() {
    return (long) cells.size()
        * plants.size()
        * aged.size()
        * sensors.size()
        * fromSocs.size()
        * ambientCelsius.size()
        * known.size()
        * seeds;
  }

  /** All scenarios, seed by seed, so that an unfinished comparison has seen something of all. */
  List<Scenario> expand() {
    List<Scenario> all = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      for (String cell : cells) {
        for (boolean identified : known) {
          for (PlantKeys plant : plants) {
            expand(all, firstSeed + i, cell, identified, plant);
          }
        }
      }
    }
    return all;
  }

  private void expand(
      List<Scenario> all, long seed, String cell, boolean identified, PlantKeys plant) {
    for (PlantKeys age : aged) {
      for (PlantKeys sensor : sensors) {
        for (double ambient : ambientCelsius) {
          for (double from : fromSocs) {
            all.add(
                new Scenario(
                    name(seed, cell, identified, plant, age, sensor, ambient, from),
                    block,
                    weight,
                    cell,
                    plant.name(),
                    age.name(),
                    sensor.name(),
                    plant.with(age, sensor),
                    from,
                    toSoc,
                    ambient,
                    heatTransferWattsPerM2Kelvin,
                    limits,
                    periodSeconds,
                    seed,
                    identified));
          }
        }
      }
    }
  }

  /** What differs between the scenarios of this part, in words. */
  private String name(
      long seed,
      String cell,
      boolean identified,
      PlantKeys plant,
      PlantKeys age,
      PlantKeys sensor,
      double ambient,
      double from) {
    StringJoiner name = new StringJoiner(", ");
    if (!block.isEmpty()) {
      name.add(block);
    }
    if (cells.size() > 1) {
      name.add(cell);
    }
    if (block.isEmpty() || ambientCelsius.size() > 1) {
      name.add(Numbers.shortest(ambient) + " °C");
    }
    if (block.isEmpty() || fromSocs.size() > 1) {
      name.add("from " + Numbers.percent(from));
    }
    if (plants.size() > 1) {
      name.add(plant.name());
    }
    if (aged.size() > 1) {
      name.add(age.name());
    }
    if (sensors.size() > 1) {
      name.add("sensors " + sensor.name());
    }
    if (known.size() > 1) {
      name.add(identified ? "known battery" : "new battery");
    }
    return name.add("seed " + seed).toString();
  }
}
