package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;

/**
 * Decides what a sample may be used for, from the time since the last one, from what is possible
 * and from what earlier samples make possible ({@link SampleChecks}). Keeps the last good sample. A
 * sample that is not usable never moves the twin; the next good one bridges the time between.
 */
final class MeasurementGate {
  /** What a sample is good for. */
  enum Verdict {
    /** The first usable sample, or the first after an interruption too long to bridge. */
    START,
    /** In sequence. */
    NORMAL,
    /** Usable after missing samples; the current in between is interpolated. */
    AFTER_GAP,
    /** The same instant again: nothing to learn. */
    REPEATED,
    /** Contradicts the samples before it, for too short a time to be more than a glitch. */
    GLITCH,
    /** Not finite, not of good quality, implausible, frozen, or older than the last one. */
    UNUSABLE
  }

  /** Beyond this the current in between is unknown and the state is found anew, s. */
  static final double LONGEST_BRIDGE_SECONDS = 300.0;

  /** Samples that may contradict the ones before and pass for a glitch. */
  private static final int LONGEST_GLITCH = 2;

  /** The same instant again this often, and the clock stands still. */
  private static final int MOST_REPEATS = 30;

  /** A battery that never rests is believed again after this time without a contradiction, s. */
  private static final double SOUND_SECONDS = 300.0;

  /** Samples in order that make a clock that was set back believed. */
  private static final int SAMPLES_OF_NEW_CLOCK = 3;

  /** Samples at even distance that make a new period believed. */
  private static final int SAMPLES_OF_NEW_PERIOD = 3;

  /** So much of a count is left at the next sample: a memory of 50 samples. */
  private static final double EPISODES_KEPT = 0.98;

  /**
   * Where impossible values come in between more often than this among those 50 samples, possible
   * ones may be as wrong.
   */
  private static final double MOST_EPISODES = 6.0;

  private static final double SHORTEST_GAP_SECONDS = 5.0;
  private static final double LONGEST_PERIOD_SECONDS = 60.0;

  /** Rounding and jitter do not make a gap, s. */
  private static final double SLACK_SECONDS = 1e-3;

  private final double usualGapSeconds;
  private final SampleChecks checks;
  private final ChargeWatch charge;

  private boolean started;
  private long lastNanos;
  private double gapSeconds;
  private double lastStep;
  private int evenSteps;
  private int contradictions;
  private boolean distrusted;
  private long soundSince;
  private long olderNanos;
  private long olderSince;
  private int older;
  private int repeats;
  private double episodes;
  private boolean impossibleBefore;
  private double unseenSeconds;
  private double strongestAmps;
  private double bridgeAmpSeconds;
  private long bridgedNanos;
  private double bridgedAmps;
  private int bridges;
  private double acceptedAmps;
  private double acceptedVolts;

  MeasurementGate(
      double nominalAmpHours,
      double upperCutOffVolts,
      double periodSeconds,
      PackLayout layout,
      RestVoltage rest,
      LoadResistance resistance) {
    this.usualGapSeconds = Math.max(SHORTEST_GAP_SECONDS, 3.0 * periodSeconds);
    this.gapSeconds = usualGapSeconds;
    this.checks =
        new SampleChecks(nominalAmpHours, upperCutOffVolts + 1.0, layout, rest, resistance);
    this.charge = new ChargeWatch(nominalAmpHours);
  }

  /**
   * Judges a sample, once; {@link #accept} takes it over.
   *
   * @param commandedCellAmps what the charger was last asked for, A a cell
   */
  Verdict judge(Measurement m, double cellAmps, double commandedCellAmps) {
    if (!m.isUsable()) {
      return Verdict.UNUSABLE;
    }
    episodes *= EPISODES_KEPT;
    if (!checks.plausible(m, cellAmps)) {
      return impossible();
    }
    impossibleBefore = false;
    if (!started) {
      checks.restart();
      checks.observe(m, cellAmps);
      return Verdict.START;
    }
    if (m.timeNanos() == lastNanos) {
      return repeated(m, cellAmps);
    }
    repeats = 0;
    if (m.timeNanos() < lastNanos) {
      return older(m, cellAmps);
    }
    older = 0;
    checks.observe(m, cellAmps);
    double seconds = secondsSinceLast(m);
    learnPeriod((m.timeNanos() - bridgedNanos) * 1e-9);
    bridge(m, cellAmps);
    if (checks.voltageFrozen(commandedCellAmps)) {
      distrust();
      return Verdict.UNUSABLE;
    }
    if (checks.contradicts()) {
      contradictions++;
      strongestAmps = Math.max(strongestAmps, Math.abs(cellAmps));
      unseenSeconds = seconds;
      if (contradictions <= LONGEST_GLITCH && seconds <= gapSeconds + SLACK_SECONDS) {
        return Verdict.GLITCH;
      }
      distrust();
      return Verdict.UNUSABLE;
    }
    contradictions = 0;
    if (distrusted) {
      return trustAgain(m);
    }
    if (seconds > LONGEST_BRIDGE_SECONDS + SLACK_SECONDS) {
      return Verdict.START;
    }
    return seconds > gapSeconds + SLACK_SECONDS ? Verdict.AFTER_GAP : Verdict.NORMAL;
  }

  /**
   * One run of impossible samples is a gap; one after the other with possible ones between, not.
   */
  private Verdict impossible() {
    episodes += impossibleBefore ? 0.0 : 1.0;
    impossibleBefore = true;
    if (started && episodes > MOST_EPISODES) {
      distrust();
    }
    return Verdict.UNUSABLE;
  }

  /** The same sample may be read often; other values at the same instant mean a dead clock. */
  private Verdict repeated(Measurement m, double cellAmps) {
    repeats++;
    boolean same = cellAmps == acceptedAmps && m.maxCellVoltageVolts() == acceptedVolts;
    return repeats > (same ? MOST_REPEATS : LONGEST_GLITCH) ? Verdict.UNUSABLE : Verdict.REPEATED;
  }

  /** Counts the charge that passes by refused samples, too: their current may be right. */
  private void bridge(Measurement m, double cellAmps) {
    bridgeAmpSeconds += 0.5 * (cellAmps + bridgedAmps) * (m.timeNanos() - bridgedNanos) * 1e-9;
    bridgedAmps = cellAmps;
    bridgedNanos = m.timeNanos();
    bridges++;
  }

  /** True when refused samples came between the last accepted one and this. */
  boolean sawBetween() {
    return bridges > 1;
  }

  /** Usual time between samples, as gaps are judged by, s. */
  double period() {
    return gapSeconds / 3.0;
  }

  /** Mean cell current since the last accepted sample, A. */
  double bridgeAmps(Measurement m) {
    return bridgeAmpSeconds / secondsSinceLast(m);
  }

  /** Charge since the last accepted sample that may have passed unseen, A·s a cell. */
  double unseenAmpSeconds(Measurement m) {
    double even = 0.5 * (Math.abs(acceptedAmps) + Math.abs(bridgedAmps)) * secondsSinceLast(m);
    return Math.max(
        Math.max(even, 0.5 * Math.abs(bridgeAmpSeconds)), strongestAmps * unseenSeconds);
  }

  private void distrust() {
    distrusted = true;
    soundSince = Long.MIN_VALUE;
  }

  /**
   * What samples taught before they were found to be wrong must not stay, and a voltage under load
   * or just after it tells too little to begin from: a battery that is at rest is believed again,
   * or one whose samples have long agreed.
   */
  private Verdict trustAgain(Measurement m) {
    if (soundSince == Long.MIN_VALUE) {
      soundSince = m.timeNanos();
    }
    boolean sound = (m.timeNanos() - soundSince) * 1e-9 >= SOUND_SECONDS;
    if (!checks.rested() && !sound) {
      return Verdict.UNUSABLE;
    }
    checks.forgetSteps();
    return Verdict.START;
  }

  /**
   * A late sample is of no use; several in order mean that the clock was set back. How long the
   * battery went unseen then is not known: one usual step is taken.
   */
  private Verdict older(Measurement m, double cellAmps) {
    boolean goesOn = older > 0 && m.timeNanos() > olderNanos;
    older = goesOn ? older + 1 : 1;
    olderSince = goesOn ? olderSince : m.timeNanos();
    olderNanos = m.timeNanos();
    if (older < SAMPLES_OF_NEW_CLOCK) {
      return Verdict.UNUSABLE;
    }
    older = 0;
    lastNanos = olderSince - Math.round(1e9 * Math.min(lastStep, gapSeconds));
    bridgedNanos = lastNanos;
    bridge(m, cellAmps);
    checks.restart();
    checks.observe(m, cellAmps);
    soundSince = Long.MIN_VALUE;
    return distrusted ? trustAgain(m) : Verdict.AFTER_GAP;
  }

  /** A slower stream of samples is not one of gaps. */
  private void learnPeriod(double seconds) {
    boolean even = Math.abs(seconds - lastStep) <= 0.25 * lastStep;
    evenSteps = even ? evenSteps + 1 : 0;
    lastStep = seconds;
    if (evenSteps >= SAMPLES_OF_NEW_PERIOD) {
      gapSeconds = Math.max(usualGapSeconds, 3.0 * Math.min(seconds, LONGEST_PERIOD_SECONDS));
    }
  }

  /** Seconds since the last accepted sample. */
  double secondsSinceLast(Measurement m) {
    return (m.timeNanos() - lastNanos) * 1e-9;
  }

  /**
   * The twin took the sample in.
   *
   * @param verdict what {@link #judge} said of it
   * @param soc what the twin now believes
   */
  void accept(Measurement m, Verdict verdict, double cellAmps, double soc) {
    switch (verdict) {
      case START -> charge.restart(soc);
      case AFTER_GAP -> charge.bridge(soc);
      default -> charge.update(soc, cellAmps, secondsSinceLast(m));
    }
    distrusted = false;
    if (verdict != Verdict.START && charge.contradicts()) {
      distrust();
    }
    started = true;
    contradictions = 0;
    lastNanos = m.timeNanos();
    bridgedNanos = lastNanos;
    bridgedAmps = cellAmps;
    acceptedAmps = cellAmps;
    acceptedVolts = m.maxCellVoltageVolts();
    bridgeAmpSeconds = 0.0;
    bridges = 0;
    strongestAmps = 0.0;
    unseenSeconds = 0.0;
  }

  /** True when what samples before this one have taught is not to be kept. */
  boolean distrusts() {
    return distrusted;
  }

  /** True when a sample may be used but no estimate that rests on it counts as in range. */
  boolean doubtful() {
    return checks.doubtful() || distrusted;
  }

  void forget() {
    started = false;
  }
}
