package dev.anodyne.controller.lab.evaluation;

import java.util.random.RandomGenerator;

/** How a charge of the grid chooses its current before limits act. */
enum Profile {
  ONE_C("1C"),
  TWO_C("2C"),
  THREE_C("3C"),
  FOUR_C("4C"),
  /** Less current with more charge: 3C, 2C, 1.2C, 0.7C. */
  STAGES("stages to 3C"),
  /** Random rates held for 30 to 300 s, one in seven a rest. */
  STEPS("steps to 3C"),
  /** On for 40 s, off for 20 s. */
  PULSES("pulses of 2.5C"),
  /** As much as the anode allows, as a controller does. */
  RIDER("rider to 3C");

  private static final double LEAST_HOLD_SECONDS = 30;
  private static final double MOST_HOLD_SECONDS = 300;
  private static final double REST_SHARE = 1.0 / 7;

  private final String text;

  Profile(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /**
   * The C-rate of a moment.
   *
   * @param seconds since the current came on
   * @param soc true state of charge, 0–1
   * @param held what {@link #STEPS} holds at present
   */
  double cRate(double seconds, double soc, Held held) {
    return switch (this) {
      case ONE_C -> 1;
      case TWO_C -> 2;
      case THREE_C, RIDER -> 3;
      case FOUR_C -> 4;
      case STAGES -> soc < 0.3 ? 3 : soc < 0.5 ? 2 : soc < 0.65 ? 1.2 : 0.7;
      case STEPS -> held.at(seconds);
      case PULSES -> seconds % 60 < 40 ? 2.5 : 0;
    };
  }

  /** A random rate and until when it is held. */
  static final class Held {
    private final RandomGenerator random;
    private double rate;
    private double until;

    Held(RandomGenerator random) {
      this.random = random;
    }

    private double at(double seconds) {
      if (seconds >= until) {
        until =
            seconds
                + LEAST_HOLD_SECONDS
                + (MOST_HOLD_SECONDS - LEAST_HOLD_SECONDS) * random.nextDouble();
        rate = random.nextDouble() < REST_SHARE ? 0 : 3 * random.nextDouble();
      }
      return rate;
    }
  }
}
