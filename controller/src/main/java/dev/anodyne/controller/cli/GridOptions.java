package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.compare.AgedFile;
import dev.anodyne.controller.lab.compare.PlantKeys;
import dev.anodyne.controller.lab.compare.ScenarioAxes;
import dev.anodyne.controller.lab.compare.ScenarioFile;
import dev.anodyne.controller.lab.compare.ScenarioGrid;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What is charged: axes on the command line, or a file of them. */
final class GridOptions {
  private static final int MOST_SEEDS = 1_000_000;

  /** What a scenario file says instead. */
  private static final List<String> IN_FILE =
      List.of(
          "--cells",
          "--ambient-c",
          "--from",
          "--to",
          "--aged",
          "--plant",
          "--battery",
          "--departure",
          "--prices",
          "--goal",
          "--thermostat",
          "--heat-transfer",
          "--max-voltage",
          "--max-temperature-c",
          "--max-c-rate");

  @Option(
      names = "--scenarios",
      paramLabel = "F.yaml",
      description = "The grid in a file, instead of the axes below. --seeds and --period count.")
  private @Nullable Path scenarios;

  @Option(
      names = {"--cells", "--cell"},
      paramLabel = "C",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "lgm50",
      description = "Shipped sets or BPX files. Default: ${DEFAULT-VALUE}.")
  private List<String> cells = List.of("lgm50");

  @Option(
      names = "--ambient-c",
      paramLabel = "T",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "25",
      description = "Ambient temperatures, °C. Default: ${DEFAULT-VALUE}.")
  private List<Double> ambients = List.of(25.0);

  @Option(
      names = "--from",
      paramLabel = "S",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "0.1",
      description = "States of charge at the start, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private List<Double> from = List.of(0.1);

  @Option(
      names = "--to",
      paramLabel = "S",
      defaultValue = "0.8",
      description = "State of charge to reach, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double to;

  @Option(
      names = "--aged",
      paramLabel = "FILE",
      description = "Ages of the battery: a YAML file such as examples/compare/aged.yaml.")
  private @Nullable Path aged;

  @Option(
      names = "--plant",
      paramLabel = "P",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "nominal",
      description =
          "nominal, mismatch, mismatch:FRACTION or YAML files. Default: ${DEFAULT-VALUE}.")
  private List<String> plants = List.of("nominal");

  @Option(
      names = "--battery",
      paramLabel = "B",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "new",
      description =
          "new, or known: identified in a charge by the same policy before. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<String> batteries = List.of("new");

  @Mixin private HeatTransferOption heatTransfer = new HeatTransferOption();
  @Mixin private LimitOptions limits = new LimitOptions();
  @Mixin private AimOptions aims = new AimOptions();

  @Option(
      names = "--period",
      paramLabel = "S",
      split = ",",
      splitSynopsisLabel = ",",
      defaultValue = "10",
      description = "Times between decisions, s. Default: ${DEFAULT-VALUE}.")
  private List<Double> periods = List.of(PeriodOption.LAB_SECONDS);

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds each combination has. Default: 1.")
  private @Nullable Integer seeds;

  @Option(names = "--seed", paramLabel = "N", description = "The first seed. Default: 1.")
  private @Nullable Long firstSeed;

  /** The grid, with every value checked. */
  ScenarioGrid read(ParseResult given) {
    Path file = scenarios;
    if (file == null) {
      return ScenarioGrid.of(List.of(counted(axes(), given)));
    }
    for (String option : IN_FILE) {
      if (given.hasMatchedOption(option)) {
        throw new InputException(
            option + ": not together with --scenarios; allowed: the same as a key in the file.");
      }
    }
    Checks.readable("--scenarios", file);
    return ScenarioGrid.of(
        ScenarioFile.read(file, ScenarioAxes.REFERENCE).stream()
            .map(axes -> counted(axes, given))
            .toList());
  }

  private ScenarioAxes axes() {
    for (double start : from) {
      Checks.window(start, to);
    }
    for (double ambient : ambients) {
      Checks.within("--ambient-c", ambient, -40, 80, "°C");
    }
    return new ScenarioAxes(
        "",
        1,
        cells,
        plants.stream().map(PlantKeys::of).toList(),
        aged == null ? List.of(PlantKeys.FRESH) : AgedFile.read(Checks.readable("--aged", aged)),
        List.of(PlantKeys.STANDARD_SENSORS),
        from,
        to,
        ambients,
        batteries.stream().map(GridOptions::isKnown).toList(),
        aims.read(),
        heatTransfer.closedLoop(),
        limits.ofScenario(),
        periods,
        1,
        1);
  }

  /** With seeds and period of the command line, where they are given. */
  private ScenarioAxes counted(ScenarioAxes axes, ParseResult given) {
    Integer count = seeds;
    if (count != null) {
      Checks.within("--seeds", count, 1, MOST_SEEDS, "");
    }
    for (double seconds : periods) {
      Checks.within("--period", seconds, 0.05, 60, "s");
    }
    return axes.with(
        given.hasMatchedOption("--period") ? periods : axes.periodsSeconds(),
        firstSeed == null ? axes.firstSeed() : firstSeed,
        count == null ? axes.seeds() : count);
  }

  private static boolean isKnown(String word) {
    if (!word.equals("new") && !word.equals("known")) {
      throw new InputException("--battery: '" + word + "' is unknown; allowed: new, known.");
    }
    return word.equals("known");
  }
}
