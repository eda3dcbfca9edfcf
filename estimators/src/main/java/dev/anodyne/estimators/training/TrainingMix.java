package dev.anodyne.estimators.training;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much of training each kind of session makes up. Most batteries that are charged are what they
 * should be, while a wide plan draws mostly those that are not; a network trained on the plan's own
 * shares would take every sound battery for a suspect until the voltage has proved it sound.
 */
final class TrainingMix {
  /** Sound packs charged like the reference charge. */
  private static final double REFERENCE_SHARE = 0.20;

  /** Sound packs, any condition. */
  private static final double NOMINAL_SHARE = 0.35;

  /** A session is drawn at most this often: beyond, its noise would be learned by heart. */
  private static final double MOST = 6.0;

  private final double reference;
  private final double nominal;
  private final double others;

  private TrainingMix(double reference, double nominal, double others) {
    this.reference = reference;
    this.nominal = nominal;
    this.others = others;
  }

  static TrainingMix of(List<SessionData> sessions) {
    double all = rows(sessions, s -> s.rows);
    double reference = rows(sessions, s -> isReference(s) ? s.rows : 0) / all;
    double nominal = rows(sessions, s -> isNominal(s) ? s.rows : 0) / all;
    double others = 1.0 - reference - nominal;
    double wanted =
        (reference > 0.0 ? REFERENCE_SHARE : 0.0)
            + (nominal > 0.0 ? NOMINAL_SHARE : 0.0)
            + (others > 0.0 ? 1.0 - REFERENCE_SHARE - NOMINAL_SHARE : 0.0);
    return new TrainingMix(
        weight(REFERENCE_SHARE / wanted, reference),
        weight(NOMINAL_SHARE / wanted, nominal),
        weight((1.0 - REFERENCE_SHARE - NOMINAL_SHARE) / wanted, others));
  }

  private static double weight(double wanted, double have) {
    return have > 0.0 ? Math.min(wanted / have, MOST) : 1.0;
  }

  private static double rows(List<SessionData> sessions, ToDoubleFunction<SessionData> count) {
    return Math.max(sessions.stream().mapToDouble(count).sum(), 1e-9);
  }

  private static boolean isReference(SessionData s) {
    return s.reference && !s.aged;
  }

  private static boolean isNominal(SessionData s) {
    return !s.reference && s.label.departs(SessionLabel.NOMINAL);
  }

  /** How often the session's rows are drawn in an epoch, on average. */
  double weight(SessionData s) {
    return isReference(s) ? reference : isNominal(s) ? nominal : others;
  }
}
