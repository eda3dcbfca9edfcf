package dev.anodyne.hil.verdict;

import java.util.Collection;

/** How a check, or a whole scenario, ended; from the best to the worst. */
public enum Verdict {
  /** What was asked for was seen. */
  PASS,
  /** The run does not tell: it was too short, a value is missing, or a trigger never came. */
  INCONCLUSIVE,
  /** What was asked for was missed. */
  FAIL,
  /** The bench itself was late or could not do what the scenario says: nothing can be concluded. */
  INVALID,
  /** The run broke: the controller or the bench ended with an error. */
  ERROR;

  /** The worst of some; {@link #PASS} of none. */
  public static Verdict worst(Collection<Verdict> verdicts) {
    return verdicts.stream().max(Enum::compareTo).orElse(PASS);
  }
}
