package dev.anodyne.estimators.twin;

/**
 * Do current and voltage move together? A cell answers a step of current with a step of voltage of
 * the same sign, within the second, of a size that is known to a factor: roughly from the model,
 * better once steps have been seen. Both are passed through the same high-pass filter, which leaves
 * steps; what the rest voltage and slow polarisation add (D) is taken off:
 *
 * <pre>
 *   0.4 ρA − a ≤ ΔV − D ≤ 3 ρA + a,   A = f(I + ΔI) − f(I) by the model (mirrored below 0)
 *   0.6 and 1.7 once ρ = Σ ΔV A / Σ A² is known
 * </pre>
 *
 * <p>a covers noise, resolution and the error of D. A voltage that steps without current, a current
 * that steps without voltage, and a current with the wrong sign all leave the band. From then on
 * steps alone are counted: the step back that ends the fault brings both sums into the band again.
 * A lasting offset is forgiven slowly.
 */
final class LoadWatch {
  private static final double WARM_KELVIN = 298.15;
  private static final double FORGIVING_SECONDS = 400.0;
  private static final double SLOW_SECONDS = 30.0;
  private static final double LOWEST_SHARE = 0.4;
  private static final double HIGHEST_SHARE = 3.0;
  private static final double LOWEST_LEARNED = 0.6;
  private static final double HIGHEST_LEARNED = 1.7;

  /** Steps that must add up before their size counts as seen, V². */
  private static final double LEARNING_VOLTS2 = 0.1 * 0.1;

  /** Five standard deviations of a difference of 1 mV sensors, and two steps of 5 mV ones. */
  private static final double NOISE_VOLTS = 0.010;

  /** Share of the slow part that may be wrong. */
  private static final double SLOW_ERROR = 0.8;

  /** Share of steps up and down again that may be left over. */
  private static final double UNDONE_ERROR = 0.25;

  /**
   * Volts a second at 1C and 25 °C that slow parts may add in any case: diffusion after a drive
   * moves a voltage by 0.7 mV a second for minutes. Grows in the cold as the slow resistance does.
   */
  private static final double DRIFT_VOLTS_PER_SECOND = 0.0006;

  /** How long a current is remembered whose polarisation may still move, s. */
  private static final double PAST_LOAD_SECONDS = 200.0;

  /**
   * A charger's ripple, read at single instants, and the current sensor's noise, C: what is read
   * changes by so much while the cell, which answers the mean, stands still.
   */
  private static final double RIPPLE_RATE = 0.04;

  /**
   * Where the rest voltage is steep (an empty cell), surfaces move by more within the second. The
   * model answers 1.2 times as at half charge at 3.4 V a unit of charge and twice at 14 V; an aged
   * cell 3 times at 3.4 V. Share that the upper limit grows by for each volt above 1 V.
   */
  private static final double STEEP_SHARE = 0.2;

  private static final double STEEP_VOLTS = 1.0;

  /** Of answers below so many ripples, and where it is steep, no size is learned. */
  private static final double LEAST_LEARNED_RIPPLES = 3.0;

  private static final double LEARNING_STEEP = 1.2;

  /**
   * What an unseen past may still move the voltage by: sensors that lag behind a load just taken
   * off, then diffusion, of an earlier load (V, grows in the cold) or of the present one (share).
   */
  private static final double LAG_VOLTS = 0.050;

  private static final double LAG_SECONDS = 5.0;
  private static final double PAST_VOLTS = 0.080;
  private static final double PAST_SHARE = 1.5;

  /** What moves in the first moments may be the answer to a step that nobody saw, s. */
  private static final double SETTLING_SECONDS = 10.0;

  /** A contradiction ends when less than this share of it is left. */
  private static final double CLEARED_SHARE = 0.5;

  /** Smaller changes are drift, not a step, V. */
  private static final double STEP_VOLTS = 0.005;

  /** Beyond this time two samples do not belong to one step, s. */
  private static final double LONGEST_STEP_SECONDS = 30.0;

  private final double ampHours;
  private final double highPassSeconds;
  private final RestVoltage rest;
  private final LoadResistance resistance;

  private double lastAmps = Double.NaN;
  private double lastVolts;
  private double lastSlow;
  private double volts;
  private double answer;
  private double drift;
  private double moved;
  private double peakVolts;
  private double pastLeft;
  private double lagLeft;
  private double past;
  private double age;
  private double pastRate;
  private double learnedProducts;
  private double learnedSquares;
  private boolean contradicts;

  /**
   * @param highPassSeconds how long a step is remembered: short notices small steps, long notices
   *     ramps
   */
  LoadWatch(double ampHours, double highPassSeconds, RestVoltage rest, LoadResistance resistance) {
    this.ampHours = ampHours;
    this.highPassSeconds = highPassSeconds;
    this.rest = rest;
    this.resistance = resistance;
  }

  /** Forgets all but the size of the steps seen. */
  void restart() {
    lastAmps = Double.NaN;
    volts = 0.0;
    answer = 0.0;
    drift = 0.0;
    moved = 0.0;
    peakVolts = 0.0;
    past = 0.0;
    age = 0.0;
    pastRate = 0.0;
    contradicts = false;
  }

  /** Forgets the size of the steps seen, too: wrong samples may have taught it. */
  void forgetSteps() {
    learnedProducts = 0.0;
    learnedSquares = 0.0;
  }

  /** Takes in one sample that is plausible by itself; {@code step} seconds after the one before. */
  void update(double cellAmps, double cellVolts, double kelvin, double step) {
    double slowEnd = resistance.slowOhm(kelvin) * cellAmps;
    if (Double.isNaN(lastAmps)) {
      lastSlow = slowEnd;
      double cold = resistance.slowOhm(kelvin) / resistance.slowOhm(WARM_KELVIN);
      pastLeft = PAST_SHARE * Math.abs(slowEnd) + PAST_VOLTS * Math.max(cold, 1.0);
      lagLeft = LAG_VOLTS;
    } else if (step <= LONGEST_STEP_SECONDS) {
      double slow = slowEnd + (lastSlow - slowEnd) * Math.exp(-step / SLOW_SECONDS);
      follow(cellAmps, cellVolts, kelvin, slow, step);
      lastSlow = slow;
    } else {
      lastSlow = slowEnd;
      pastLeft = Math.max(pastLeft, PAST_SHARE * Math.abs(slowEnd));
    }
    lastAmps = cellAmps;
    lastVolts = cellVolts;
  }

  private void follow(double cellAmps, double cellVolts, double kelvin, double slow, double step) {
    double keep = Math.exp(-step / (contradicts ? FORGIVING_SECONDS : highPassSeconds));
    volts *= keep;
    answer *= keep;
    drift *= keep;
    moved *= keep;
    peakVolts *= keep;
    double deltaVolts = cellVolts - lastVolts;
    double deltaAnswer =
        resistance.promptVolts(cellAmps, kelvin) - resistance.promptVolts(lastAmps, kelvin);
    double restVolts = cellVolts - resistance.promptVolts(cellAmps, kelvin) - slow;
    double slope = rest.slopeAt(rest.socAt(restVolts));
    double steep = 1.0 + STEEP_SHARE * Math.max(slope - STEEP_VOLTS, 0.0);
    double deltaDrift = slow - lastSlow + slope * cellAmps * step / 3600.0 / ampHours;
    double rate = Math.abs(cellAmps) / ampHours;
    pastRate = Math.max(rate, pastRate * Math.exp(-step / PAST_LOAD_SECONDS));
    age += step;
    boolean steps =
        Math.abs(deltaVolts - deltaDrift) > STEP_VOLTS || Math.abs(deltaAnswer) > 0.5 * STEP_VOLTS;
    if (age > SETTLING_SECONDS && (!contradicts || steps)) {
      volts += deltaVolts;
      answer += deltaAnswer;
      drift += deltaDrift;
      moved += Math.abs(deltaAnswer);
    }
    double lag = lagLeft * (1.0 - Math.exp(-step / LAG_SECONDS));
    double relaxed = pastLeft * (1.0 - Math.exp(-step / SLOW_SECONDS));
    lagLeft -= lag;
    pastLeft -= relaxed;
    past = past * keep + lag + relaxed;
    double spread = RIPPLE_RATE * ampHours;
    double ripple =
        0.5
            * (resistance.promptVolts(cellAmps + spread, kelvin)
                - resistance.promptVolts(cellAmps - spread, kelvin));
    double cold = Math.max(resistance.slowOhm(kelvin) / resistance.slowOhm(WARM_KELVIN), 1.0);
    double slowly = DRIFT_VOLTS_PER_SECOND * cold * pastRate * Math.max(highPassSeconds, step);
    judge(ripple + slowly + past, steep);
    if (!contradicts
        && Math.abs(deltaAnswer) > LEAST_LEARNED_RIPPLES * ripple
        && steep < LEARNING_STEEP) {
      learnedProducts += deltaAnswer * (deltaVolts - deltaDrift);
      learnedSquares += deltaAnswer * deltaAnswer;
    }
  }

  /** True while current and voltage cannot belong to the same cell. */
  boolean contradicts() {
    return contradicts;
  }

  private void judge(double unknownVolts, double steep) {
    double slack =
        NOISE_VOLTS
            + SLOW_ERROR * steep * Math.abs(drift)
            + UNDONE_ERROR * (moved - Math.abs(answer))
            + unknownVolts;
    boolean learned = learnedSquares > LEARNING_VOLTS2;
    double ratio =
        learned
            ? Math.min(Math.max(learnedProducts / learnedSquares, LOWEST_SHARE), HIGHEST_SHARE)
            : 1.0;
    double low = (learned ? LOWEST_LEARNED : LOWEST_SHARE) * ratio;
    double high = (learned ? HIGHEST_LEARNED : HIGHEST_SHARE) * ratio * steep;
    double sign = answer < 0.0 ? -1.0 : 1.0;
    double expected = Math.abs(answer);
    double seen = sign * (volts - drift);
    boolean outside = seen < low * expected - slack || seen > high * expected + slack;
    double unexplained = Math.abs(seen - ratio * expected);
    if (contradicts) {
      // What explains only a part of it is another step at the same time.
      contradicts = outside || unexplained > Math.max(slack, CLEARED_SHARE * peakVolts);
    } else if (outside) {
      contradicts = true;
      peakVolts = 0.0;
    }
    peakVolts = Math.max(peakVolts, unexplained);
  }
}
