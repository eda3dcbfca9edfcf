package dev.anodyne.controller.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files and the words of a charge in process. */
public final class Results {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH);

  private final ChargeSetup setup;
  private final RunResult run;

  /** Of one charge. */
  public Results(ChargeSetup setup, RunResult run) {
    this.setup = setup;
    this.run = run;
  }

  /**
   * Writes {@code trace.csv}, {@code summary.json} and {@code report.html}.
   *
   * @param directory made when it is not there
   * @param plant the plant's name, for the report
   */
  public void write(Path directory, String plant) throws IOException {
    Trace.write(directory.resolve("trace.csv"), run.trace());
    writeSummary(directory, run);
    report(plant).write(directory.resolve("report.html"));
  }

  static void writeSummary(Path directory, RunResult run) throws IOException {
    String json = Json.pretty(run.summaryMap());
    OutputFiles.write(
        directory.resolve("summary.json"), writer -> writer.append(json).append('\n'));
  }

  /** The result in words and figures, for a terminal. */
  public String text() {
    ChargeSummary s = run.summary();
    StringBuilder text = new StringBuilder(headline());
    text.append(
        String.format(
            Locale.ROOT,
            "%nlowest anode potential %+.1f mV, plating exposure %.3g V·s, peak %.1f °C, %.3f V",
            s.minAnodePotentialVolts() * 1e3,
            s.platingExposureVoltSeconds(),
            s.maxTemperatureCelsius(),
            s.maxVoltageVolts()));
    if (Double.isFinite(s.estimatorRmseMillivolts()) && !s.estimator().equals(Parts.TRUTH)) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nestimator %s: error %.2f mV RMS, 99 %% at most %.2f mV optimistic",
              s.estimator(),
              s.estimatorRmseMillivolts(),
              s.estimatorP99OptimisticMillivolts()));
    }
    for (Map.Entry<String, String> told : new ToldLimits(run.trace()).lines()) {
      String label = told.getKey();
      text.append('\n').append(Character.toLowerCase(label.charAt(0))).append(label.substring(1));
      text.append(": ").append(told.getValue());
    }
    for (String violation : run.violations()) {
      text.append("\nlimit passed: ").append(violation);
    }
    return text.toString();
  }

  /** The result in one sentence. */
  String headline() {
    ChargeSummary s = run.summary();
    String oracle =
        s.estimator().equals(Parts.TRUTH) ? " (an oracle run: the estimator is the truth)" : "";
    if (!run.reached()) {
      return String.format(
          Locale.ROOT,
          "The target of %s was not reached: %.1f %% after %.1f minutes%s.",
          percent(setup.toSoc()),
          s.reachedSoc() * 100,
          s.minutes(),
          oracle);
    }
    return String.format(
        Locale.ROOT,
        "From %s to %s in %.1f minutes %s plating%s.",
        Trace.number(round(setup.fromSoc() * 100)),
        percent(setup.toSoc()),
        s.minutes(),
        s.platingExposureVoltSeconds() > 0 ? "with" : "without",
        oracle);
  }

  private Report report(String plant) {
    List<Map.Entry<String, String>> config = new ArrayList<>(configOf(setup));
    config.add(Map.entry("Plant", plant));
    config.addAll(new ToldLimits(run.trace()).lines());
    return new Report(
        "charge report",
        headline(),
        subtitle(setup),
        List.of(run),
        setup.limits(),
        setup.toSoc(),
        "",
        "No wall-clock deadline applies: the plant waits for every decision.",
        config,
        command(plant),
        LocalDateTime.now().format(TIME));
  }

  static String now() {
    return LocalDateTime.now().format(TIME);
  }

  static String subtitle(ChargeSetup setup) {
    return String.format(
        Locale.ROOT,
        "%s, %s, %s °C ambient, policy %s, estimator %s",
        setup.cell().name(),
        setup.layout(),
        Trace.number(round(setup.ambientKelvin() - 273.15)),
        setup.policy(),
        setup.estimator());
  }

  /** What a run was made of, for people. */
  static List<Map.Entry<String, String>> configOf(ChargeSetup setup) {
    return List.of(
        Map.entry("Cell", setup.cell().name()),
        Map.entry("Battery", setup.layout().toString()),
        Map.entry("Policy", Parts.spec(setup).identity().toString()),
        Map.entry("Estimator", setup.estimator()),
        Map.entry(
            "Window", Trace.number(round(setup.fromSoc() * 100)) + " to " + percent(setup.toSoc())),
        Map.entry("Ambient", Trace.number(round(setup.ambientKelvin() - 273.15)) + " °C"),
        Map.entry("Heat transfer", Trace.number(setup.heatTransferWattsPerM2Kelvin()) + " W/m²K"),
        Map.entry(
            "Limits",
            Trace.number(setup.maxCRate())
                + "C, "
                + Trace.number(setup.maxVoltageVolts())
                + " V, "
                + Trace.number(round(setup.maxTemperatureKelvin() - 273.15))
                + " °C"),
        Map.entry("Period", Trace.number(setup.periodSeconds()) + " s"),
        Map.entry("Seed", Long.toString(setup.seed())),
        Map.entry("Version", BuildInfo.version()),
        Map.entry("Java", System.getProperty("java.version", "")));
  }

  private String command(String plant) {
    return "./anodyne charge --cell "
        + setup.cell().name()
        + " --policy "
        + setup.policy()
        + " --estimator "
        + setup.estimator()
        + " --plant "
        + plant
        + options(setup)
        + " --period "
        + Trace.number(setup.periodSeconds())
        + " --out DIR";
  }

  /** Options that {@code charge} and {@code demo} share. */
  static String options(ChargeSetup setup) {
    return " --from "
        + Trace.number(setup.fromSoc())
        + " --to "
        + Trace.number(setup.toSoc())
        + " --ambient-c "
        + Trace.number(round(setup.ambientKelvin() - 273.15))
        + " --heat-transfer "
        + Trace.number(setup.heatTransferWattsPerM2Kelvin())
        + " --max-voltage "
        + Trace.number(setup.maxVoltageVolts())
        + " --max-temperature-c "
        + Trace.number(round(setup.maxTemperatureKelvin() - 273.15))
        + " --max-c-rate "
        + Trace.number(setup.maxCRate())
        + " --seed "
        + setup.seed();
  }

  static String percent(double soc) {
    return Trace.number(round(soc * 100)) + " %";
  }

  private static double round(double value) {
    return ReportData.round(value, 6);
  }
}
