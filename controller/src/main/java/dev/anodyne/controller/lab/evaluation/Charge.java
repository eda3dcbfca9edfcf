package dev.anodyne.controller.lab.evaluation;

import java.util.Locale;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * The conditions of one session.
 *
 * @param ambientKelvin temperature that the cells cool towards, K
 * @param profile what current is wanted
 * @param fromSoc true state of charge at the start, 0–1
 * @param toSoc true state of charge at the end, 0–1
 * @param restSeconds rest before the current comes on, s
 * @param joinSeconds when the estimator sees its first sample, s
 * @param floorVolts lowest true anode potential that the current is held back for, V
 * @param random draws noise and what the profile leaves open
 */
record Charge(
    double ambientKelvin,
    Profile profile,
    double fromSoc,
    double toSoc,
    double restSeconds,
    double joinSeconds,
    double floorVolts,
    SplittableGenerator random) {
  private static final double ZERO_CELSIUS = 273.15;

  /**
   * The conditions of a battery's session: temperatures and profiles of the stratum in turn, so
   * that few batteries already cover them.
   *
   * @param session 0: from which the battery is identified, 1: after that
   */
  static Charge of(Stratum stratum, int battery, int session) {
    SplittableGenerator random = Draws.of(stratum.name(), battery, 1 + session);
    int turn = battery + 3 * session;
    double ambient =
        stratum.ranged()
            ? Draws.between(random, stratum.celsius().get(0), stratum.celsius().get(1))
            : stratum.celsius().get(turn % stratum.celsius().size());
    int kinds = stratum.profiles().size();
    Profile profile = stratum.profiles().get((turn + turn / 4) % kinds);
    boolean reference = stratum.kind() == Stratum.Kind.REFERENCE;
    double from = reference ? 0.1 : Draws.between(random, 0.05, 0.3);
    double to = reference ? 0.8 : Draws.between(random, 0.75, 0.88);
    double rest = Draws.between(random, 10, 30);
    double join = stratum.underLoad() ? rest + Draws.between(random, 120, 600) : 0;
    double floor = Draws.between(random, -0.03, 0);
    return new Charge(ambient + ZERO_CELSIUS, profile, from, to, rest, join, floor, random);
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "%.0f °C, %s, from %.0f %%",
        ambientKelvin - ZERO_CELSIUS,
        profile.text(),
        100 * fromSoc);
  }
}
