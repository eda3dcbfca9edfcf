package dev.anodyne.hil.stl;

import dev.anodyne.hil.stl.Robustness.Judged;

/**
 * The part of a formula, and the sample, whose value the whole took over: least and greatest hand a
 * value through unchanged, so the way down follows equal values.
 *
 * @param judged the deciding part
 * @param index its sample
 * @param upper whether the value is the upper end of the part's interval
 */
record Cause(Judged judged, int index, boolean upper) {
  static Cause find(Judged judged, int index, boolean upper) {
    Formula formula = judged.formula();
    double value = value(judged, index, upper);
    if (formula instanceof Formula.Not) {
      return find(judged.parts().get(0), index, !upper);
    }
    if (formula instanceof Formula.When) {
      return ofWhen(judged, index, upper, value);
    }
    if (formula instanceof Formula.Until) {
      return ofUntil(judged, index, upper, value);
    }
    if (formula instanceof Formula.Rise || formula instanceof Formula.Fall) {
      return new Cause(judged, index, upper);
    }
    int[] from = judged.from();
    int[] to = judged.to();
    if (from != null && to != null) {
      Judged of = judged.parts().get(0);
      int end = Math.min(to[index], of.low().length - 1);
      for (int i = from[index]; i <= end; i++) {
        if (value(of, i, upper) == value) {
          return find(of, i, upper);
        }
      }
      return new Cause(judged, Math.min(from[index], of.low().length - 1), upper);
    }
    for (Judged part : judged.parts()) {
      if (value(part, index, upper) == value) {
        return find(part, index, upper);
      }
    }
    return new Cause(judged, index, upper);
  }

  private static Cause ofWhen(Judged when, int index, boolean upper, double value) {
    Judged trigger = when.parts().get(0);
    Judged response = when.parts().get(1);
    for (int i = index; i < response.low().length; i++) {
      boolean triggered = (upper ? trigger.low()[i] : trigger.high()[i]) > 0;
      if (triggered && value(response, i, upper) == value) {
        return find(response, i, upper);
      }
    }
    return new Cause(when, index, upper);
  }

  private static Cause ofUntil(Judged until, int index, boolean upper, double value) {
    for (Judged part : until.parts()) {
      for (int i = index; i < part.low().length; i++) {
        if (value(part, i, upper) == value) {
          return find(part, i, upper);
        }
      }
    }
    return new Cause(until, index, upper);
  }

  private static double value(Judged judged, int index, boolean upper) {
    return upper ? judged.high()[index] : judged.low()[index];
  }
}
