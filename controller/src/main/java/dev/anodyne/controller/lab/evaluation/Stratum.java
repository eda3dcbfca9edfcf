package dev.anodyne.controller.lab.evaluation;

import java.util.List;

/**
 * A part of the grid.
 *
 * @param name short, for tables and {@code --stratum}
 * @param title in words
 * @param kind decides which bars apply
 * @param health of the batteries
 * @param series cells in series; of several, batteries take them in turn
 * @param spread whether cells scatter as those of a production lot do
 * @param mismatched whether parameters are off by up to ±20 %
 * @param biased whether sensors are biased by up to ±5 mV, ±0.5 % and ±1 K
 * @param underLoad whether the estimator joins in while current flows
 * @param celsius ambient temperatures, taken in turn; two ends of a range where {@code ranged}
 * @param ranged whether temperatures are drawn between two ends
 * @param profiles charges, taken in turn
 * @param phases what is judged
 */
record Stratum(
    String name,
    String title,
    Kind kind,
    Health health,
    List<Integer> series,
    boolean spread,
    boolean mismatched,
    boolean biased,
    boolean underLoad,
    List<Double> celsius,
    boolean ranged,
    List<Profile> profiles,
    List<Phase> phases) {

  /** What a stratum is there for. */
  enum Kind {
    FRESH,
    REFERENCE,
    GRID,
    EXTRAPOLATION,
    OTHER_CODE
  }

  private static final List<Profile> RATES =
      List.of(Profile.ONE_C, Profile.TWO_C, Profile.THREE_C, Profile.STAGES, Profile.RIDER);
  private static final List<Profile> ALL =
      List.of(
          Profile.RIDER,
          Profile.TWO_C,
          Profile.STEPS,
          Profile.STAGES,
          Profile.PULSES,
          Profile.THREE_C,
          Profile.ONE_C);
  private static final List<Double> MILD = List.of(25.0, 10.0, 40.0, 0.0);
  private static final List<Double> ANY = List.of(25.0, -10.0, 10.0, 40.0, 0.0);

  Stratum {
    series = List.copyOf(series);
    celsius = List.copyOf(celsius);
    profiles = List.copyOf(profiles);
    phases = List.copyOf(phases);
  }

  /** A fresh single cell in the mildest form; the {@code with} methods change it. */
  private static Stratum of(String name, String title, Kind kind, List<Double> celsius) {
    return new Stratum(
        name,
        title,
        kind,
        Health.FRESH,
        List.of(1),
        false,
        false,
        false,
        false,
        celsius,
        false,
        ALL,
        List.of(Phase.values()));
  }

  private Stratum with(List<Integer> newSeries, List<Profile> newProfiles) {
    boolean pack = newSeries.stream().anyMatch(s -> s > 1);
    return new Stratum(
        name,
        title,
        kind,
        health,
        newSeries,
        pack || spread,
        mismatched,
        biased,
        underLoad,
        celsius,
        ranged,
        newProfiles,
        phases);
  }

  private Stratum with(Health newHealth, boolean mismatch, boolean bias) {
    return new Stratum(
        name, title, kind, newHealth, series, spread, mismatch, bias, underLoad, celsius, ranged,
        profiles, phases);
  }

  private Stratum firstOnly(boolean load, boolean range) {
    return new Stratum(
        name,
        title,
        kind,
        health,
        series,
        spread,
        mismatched,
        biased,
        load,
        celsius,
        range,
        profiles,
        List.of(Phase.FIRST));
  }

  /** The whole grid. */
  static List<Stratum> grid() {
    List<Integer> single = List.of(1);
    List<Integer> four = List.of(4);
    return List.of(
        of("fresh-0", "fresh, 0 °C, to 3C", Kind.FRESH, List.of(0.0)).with(single, RATES),
        of("fresh-10", "fresh, 10 °C, to 3C", Kind.FRESH, List.of(10.0)).with(single, RATES),
        of("fresh-25", "fresh, 25 °C, to 3C", Kind.FRESH, List.of(25.0)).with(single, RATES),
        of("fresh-45", "fresh, 45 °C, to 3C", Kind.FRESH, List.of(45.0)).with(single, RATES),
        of("reference", "reference charge, 4s", Kind.REFERENCE, List.of(25.0))
            .with(four, List.of(Profile.RIDER)),
        of("spread-4s", "production spread, 4s", Kind.GRID, MILD).with(four, ALL),
        of("cold", "−10 °C", Kind.GRID, List.of(-10.0)),
        of("cold-4s", "−10 °C, 4s", Kind.GRID, List.of(-10.0)).with(four, ALL),
        of("biased", "biased sensors", Kind.GRID, MILD).with(Health.FRESH, false, true),
        of("biased-4s", "biased sensors, 4s", Kind.GRID, MILD)
            .with(four, ALL)
            .with(Health.FRESH, false, true),
        of("aged", "aged", Kind.GRID, MILD).with(Health.AGED, false, false),
        of("aged-4s", "aged, 4s", Kind.GRID, MILD).with(four, ALL).with(Health.AGED, false, false),
        of("film", "aged with a grown film", Kind.GRID, MILD).with(Health.FILM, false, false),
        of("film-4s", "aged with a grown film, 4s", Kind.GRID, MILD)
            .with(four, ALL)
            .with(Health.FILM, false, false),
        of("mismatch", "parameters ±20 %", Kind.GRID, MILD).with(Health.FRESH, true, false),
        of("mismatch-4s", "parameters ±20 %, 4s", Kind.GRID, MILD)
            .with(four, ALL)
            .with(Health.FRESH, true, false),
        of("all", "aged with a film, ±20 %, biased, −10 to 40 °C", Kind.GRID, ANY)
            .with(Health.FILM, true, true),
        of("all-4s", "aged with a film, ±20 %, biased, −10 to 40 °C, 4s", Kind.GRID, ANY)
            .with(four, ALL)
            .with(Health.FILM, true, true),
        of("load", "fresh, joined under load", Kind.FRESH, List.of(25.0, 0.0, 10.0, 45.0))
            .with(single, RATES)
            .firstOnly(true, false),
        of("load-all", "aged with a film, ±20 %, biased, joined under load", Kind.GRID, ANY)
            .with(List.of(1, 4), ALL)
            .with(Health.FILM, true, true)
            .firstOnly(true, false),
        of("beyond-cold", "−20 to −12 °C", Kind.EXTRAPOLATION, List.of(-20.0, -12.0))
            .with(List.of(1, 4), ALL)
            .firstOnly(false, true),
        of("beyond-hot", "47 to 55 °C", Kind.EXTRAPOLATION, List.of(47.0, 55.0))
            .with(List.of(1, 4), ALL)
            .firstOnly(false, true),
        of("beyond-fast", "4C", Kind.EXTRAPOLATION, List.of(10.0, 45.0))
            .with(List.of(1, 4), List.of(Profile.FOUR_C))
            .firstOnly(false, true),
        of("beyond-old", "12 to 20 % of the lithium lost", Kind.EXTRAPOLATION, MILD)
            .with(List.of(1, 4), ALL)
            .with(Health.OLD, false, false)
            .firstOnly(false, false));
  }
}
