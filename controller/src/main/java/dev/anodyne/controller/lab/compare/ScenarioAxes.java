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
 * @param aims departures, tariffs, goals and thermostats
 * @param heatTransferWattsPerM2Kelvin over the cell's cooling area, W/m²K
 * @param limits of every charge
 * @param periodsSeconds times between decisions, s
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
    List<ScenarioAim> aims,
    double heatTransferWattsPerM2Kelvin,
    ScenarioLimits limits,
    List<Double> periodsSeconds,
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
          List.of(ScenarioAim.NONE),
          40,
          ScenarioLimits.DEFAULT,
          List.of(10.0),
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
    aims = List.copyOf(aims);
    periodsSeconds = List.copyOf(periodsSeconds);
  }

  /** The same axes with other seeds and one other time between decisions, s. */
  public ScenarioAxes with(double otherPeriodSeconds, long otherFirstSeed, int otherSeeds) {
    return with(List.of(otherPeriodSeconds), otherFirstSeed, otherSeeds);
  }

  /** The same axes with other seeds and other times between decisions, s. */
  public ScenarioAxes with(List<Double> otherPeriods, long otherFirstSeed, int otherSeeds) {
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
        aims,
        heatTransferWattsPerM2Kelvin,
        limits,
        otherPeriods,
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
        * aims.size()
        * periodsSeconds.size()
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
            for (ScenarioAim aim : aims) {
              for (double period : periodsSeconds) {
                Scenario unnamed =
                    new Scenario(
                        "",
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
                        period,
                        seed,
                        aim,
                        identified);
                all.add(unnamed.withName(name(unnamed)));
              }
            }
          }
        }
      }
    }
  }

  /** What differs between the scenarios of this part, in words. */
  private String name(Scenario s) {
    StringJoiner name = new StringJoiner(", ");
    boolean isAlone = block.isEmpty();
    add(name, !isAlone, block);
    add(name, cells.size() > 1, s.cell());
    String ambient = Numbers.shortest(s.ambientCelsius()) + " °C";
    add(name, isAlone || ambientCelsius.size() > 1, ambient);
    add(name, isAlone || fromSocs.size() > 1, "from " + Numbers.percent(s.fromSoc()));
    add(name, plants.size() > 1, s.plant());
    add(name, aged.size() > 1, s.aged());
    add(name, sensors.size() > 1, "sensors " + s.sensors());
    add(name, aims.size() > 1, s.aim().name());
    String period = "every " + Numbers.shortest(s.periodSeconds()) + " s";
    add(name, periodsSeconds.size() > 1, period);
    add(name, known.size() > 1, s.known() ? "known battery" : "new battery");
    return name.add("seed " + s.seed()).toString();
  }

  private static void add(StringJoiner name, boolean differs, String words) {
    if (differs) {
      name.add(words);
    }
  }
}
