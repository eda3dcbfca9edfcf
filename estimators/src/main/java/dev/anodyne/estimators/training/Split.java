package dev.anodyne.estimators.training;

import java.util.Locale;

/** What a session of a data set is used for. All sessions of one battery have the same use. */
public enum Split {
  /** Fitting and early stopping. */
  TRAIN,
  /** The conformal bound. */
  CALIBRATE,
  /** Figures, in the range of the training but with other batteries and conditions. */
  TEST,
  /** Figures beyond the range of the training: colder, hotter, faster, older. */
  EXTRAPOLATION;

  /** The name in files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
