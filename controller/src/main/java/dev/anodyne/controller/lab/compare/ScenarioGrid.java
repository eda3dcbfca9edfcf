package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.PlantChoice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The scenarios of a comparison or a search; no two have the same name.
 *
 * @param scenarios in the order in which they are computed
 */
public record ScenarioGrid(List<Scenario> scenarios) {
  /** More than this is a mistake in a file. */
  static final long MOST_SCENARIOS = 1_000_000;

  public ScenarioGrid {
    scenarios = List.copyOf(scenarios);
    if (scenarios.isEmpty()) {
      throw new InputException("The grid has no scenario; allowed: at least one.");
    }
    Set<String> names = new HashSet<>();
    for (Scenario scenario : scenarios) {
      if (!names.add(scenario.name())) {
        throw new InputException(
            "The scenario '"
                + scenario.name()
                + "' is there twice; allowed: names that differ.\nMaybe a value stands twice on an"
                + " axis.");
      }
    }
  }

  /** Every combination of the axes of each part, seed by seed. */
  public static ScenarioGrid of(List<ScenarioAxes> parts) {
    long size = parts.stream().mapToLong(ScenarioAxes::size).sum();
    if (size > MOST_SCENARIOS) {
      throw new InputException(
          "The grid has " + size + " scenarios; allowed: at most " + MOST_SCENARIOS + ".");
    }
    List<Scenario> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(part.expand()));
    return new ScenarioGrid(all);
  }

  /**
   * Looks up every cell and builds every kind of plant once, before minutes of computing.
   *
   * @throws InputException naming what cannot be used
   */
  public ScenarioGrid checked(ScenarioRunner runner) {
    Set<Map<String, @Nullable Object>> seen = new HashSet<>();
    for (Scenario s : scenarios) {
      if (seen.add(Map.of("cell", s.cell(), "plant", s.plantKeys(), "aim", s.aim()))) {
        PlantChoice.of(
            s.plantKeys(), "plant of '" + s.name() + "'", runner.setup(s, "mpc", "physics"));
      }
    }
    return this;
  }
}
