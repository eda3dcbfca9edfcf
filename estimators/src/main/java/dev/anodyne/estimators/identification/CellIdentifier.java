package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.identification.SessionModel.Nuisance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * Identifies a battery from a recorded charge. What is known from earlier sessions is the prior; a
 * session that is too short, begins under load, cannot be fitted or tells nothing changes nothing
 * and says why. Immutable; a call takes seconds.
 */
public final class CellIdentifier {
  private static final int FIRST_BIAS = SessionModel.index(Nuisance.VOLTAGE_BIAS);
  private static final int LAST_BIAS = SessionModel.index(Nuisance.TEMPERATURE_BIAS);
  private static final double REST_C_RATE = 0.02;
  private static final double SHORTEST_SECONDS = 300;
  private static final double LEAST_CHARGE = 0.1;
  private static final double FLATTEST_C_RATE = 0.2;
  private static final double WORST_RMSE_VOLTS = 0.02;

  /**
   * What a better fit may cost in voltage, for the temperature and what was known before count too.
   * A battery that is known well already fits as well as before, and may do so by microvolts more
   * or less; this is a tenth of the sensors' noise.
   */
  private static final double WORSE_VOLTS = 1e-4;

  private static final double START_SIGMA = 0.3;
  private static final double START_KELVIN_SIGMA = 0.15;
  private static final double AMBIENT_GIVEN_SIGMA = 1;
  private static final double AMBIENT_UNKNOWN_SIGMA = 5;

  private final CellParameters kind;
  private final P2dOptions options;
  private final FitNoise noise;
  private final OptionalDouble ambientKelvin;

  /**
   * @param kind parameter set of this kind of cell, with the heat transfer that is believed
   * @param options resolution of the model to fit, that of the twin; its side reactions are chosen
   *     by {@link #physicsOf}
   * @param noise of sensors and model
   * @param ambientKelvin ambient temperature, known to a kelvin; empty: found from the data
   */
  public CellIdentifier(
      CellParameters kind, P2dOptions options, FitNoise noise, OptionalDouble ambientKelvin) {
    this.kind = kind;
    this.options = physicsOf(kind, options);
    this.noise = noise;
    this.ambientKelvin = ambientKelvin;
  }

  /**
   * All side reactions that the cell has data for: film and plating move the voltage by millivolts
   * for minutes, which a fit without them would put down to the electrodes. States of all of these
   * models have the same form.
   */
  public static P2dOptions physicsOf(CellParameters cell, P2dOptions resolution) {
    boolean sei = cell.sei().isPresent();
    boolean plating = cell.plating().isPresent();
    return resolution.withAgeing(
        sei && plating
            ? P2dOptions.Ageing.FULL
            : sei
                ? P2dOptions.Ageing.SEI
                : plating ? P2dOptions.Ageing.PLATING : P2dOptions.Ageing.NONE);
  }

  /**
   * Identifies.
   *
   * @param previous what is believed so far
   * @throws IllegalArgumentException when {@code previous} is of another kind of cell
   */
  public Identification identify(RecordedSession session, IdentifiedCell previous) {
    previous.requireKind(kind, "The previous identification");
    long begin = System.nanoTime();
    double ampHours = kind.nominalCapacityAmpHours();
    if (session.samples() < 2) {
      return Identification.refused(previous, "The session has no usable samples.", 0);
    }
    SessionSteps steps = SessionSteps.of(session, ampHours);
    String unfit = unfit(steps, ampHours);
    if (!unfit.isEmpty()) {
      return Identification.refused(previous, unfit, secondsSince(begin));
    }
    try {
      return fit(steps, previous, begin);
    } catch (MathIllegalArgumentException e) {
      return Identification.refused(
          previous, "The fit's equations have no solution.", secondsSince(begin));
    }
  }

  private static String unfit(SessionSteps steps, double ampHours) {
    if (Math.abs(steps.startCRate) > REST_C_RATE) {
      return text(
          "The session begins under %.2f C; it must begin at rest, below %.2f C.",
          steps.startCRate, REST_C_RATE);
    }
    if (steps.durationSeconds < SHORTEST_SECONDS || steps.moved < LEAST_CHARGE) {
      return text(
          "The session is too short: %.0f s and %.1f %% of the capacity; needed are %.0f s and"
              + " %.0f %%.",
          steps.durationSeconds, steps.moved * 100, SHORTEST_SECONDS, LEAST_CHARGE * 100);
    }
    double most = Arrays.stream(steps.amps).max().orElse(0) / ampHours;
    if (most < FLATTEST_C_RATE) {
      return text(
          "The session is too flat: at most %.2f C; needed is %.2f C.", most, FLATTEST_C_RATE);
    }
    return "";
  }

  private Identification fit(SessionSteps steps, IdentifiedCell previous, long begin) {
    SessionModel own = new SessionModel(kind, options, steps, false);
    double[] mean = priorMean(own, steps, previous);
    RealMatrix prior = priorCovariance(previous);
    double[] lower = new double[SessionModel.UNKNOWNS];
    double[] upper = new double[SessionModel.UNKNOWNS];
    bounds(mean, lower, upper, false);
    double ampHours = kind.nominalCapacityAmpHours();
    SessionFit before = new SessionFit(own, steps, noise, ampHours, mean, prior, lower, upper);
    if (!before.fit(mean)) {
      return Identification.refused(
          previous,
          "The model cannot follow the session from what was known.",
          secondsSince(begin));
    }
    double rmseBefore = before.voltageRmse();
    bounds(mean, lower, upper, true);
    SessionModel model = new SessionModel(kind, options, steps, true);
    SessionFit after = new SessionFit(model, steps, noise, ampHours, mean, prior, lower, upper);
    boolean converged = after.fit(before.solution());
    double rmseAfter = after.voltageRmse();
    String unfit = verdict(converged, rmseBefore, rmseAfter);
    if (!unfit.isEmpty()) {
      return Identification.refused(previous, unfit, rmseBefore, rmseAfter, secondsSince(begin));
    }
    return accept(after, prior, previous, rmseBefore, rmseAfter, begin);
  }

  private static String verdict(boolean converged, double before, double after) {
    if (!converged) {
      return "The fit did not converge.";
    }
    if (!(after <= before + WORSE_VOLTS)) {
      return text(
          "The fit is worse than before: %.1f mV instead of %.1f mV.", after * 1e3, before * 1e3);
    }
    if (after > WORST_RMSE_VOLTS) {
      return text(
          "No battery of this kind fits: %.1f mV are left; allowed are %.0f mV.",
          after * 1e3, WORST_RMSE_VOLTS * 1e3);
    }
    return "";
  }

  private Identification accept(
      SessionFit fit,
      RealMatrix prior,
      IdentifiedCell previous,
      double rmseBefore,
      double rmseAfter,
      long begin) {
    int n = IdentifiedParameter.count();
    RealMatrix all = fit.covariance();
    double[][] covariance = all.getSubMatrix(0, n - 1, 0, n - 1).getData();
    Map<IdentifiedParameter, Double> left = new EnumMap<>(IdentifiedParameter.class);
    List<IdentifiedParameter> atLimit = new ArrayList<>();
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      int i = p.ordinal();
      left.put(p, covariance[i][i] / prior.getEntry(i, i));
      if (fit.isAtLimit(i)) {
        atLimit.add(p);
      }
    }
    IdentifiedCell cell =
        new IdentifiedCell(
            kind.name(),
            kind.nominalCapacityAmpHours(),
            previous.sessions() + 1,
            Arrays.copyOf(fit.solution(), n),
            covariance,
            sensors(previous.sensors().sensors(), fit, all).within(previous.sensors().accuracy()),
            all.getSubMatrix(0, n - 1, FIRST_BIAS, LAST_BIAS).getData());
    double soc = cell.applyTo(kind).socOfAnode(fit.nuisance(Nuisance.START_STOICHIOMETRY));
    if (left.values().stream().noneMatch(share -> share < Identification.DETERMINED)) {
      return Identification.refused(
          previous,
          "The session tells nothing about the battery.",
          rmseBefore,
          rmseAfter,
          secondsSince(begin));
    }
    return new Identification(
        true,
        text("The fit went from %.1f mV to %.1f mV.", rmseBefore * 1e3, rmseAfter * 1e3),
        cell,
        rmseBefore,
        rmseAfter,
        left,
        atLimit,
        fit.nuisance(Nuisance.VOLTAGE_BIAS),
        fit.nuisance(Nuisance.CURRENT_GAIN),
        fit.nuisance(Nuisance.TEMPERATURE_BIAS),
        soc,
        secondsSince(begin));
  }

  private static SensorBelief sensors(String name, SessionFit fit, RealMatrix all) {
    return new SensorBelief(
        name,
        true,
        Arrays.copyOfRange(fit.solution(), FIRST_BIAS, LAST_BIAS + 1),
        all.getSubMatrix(FIRST_BIAS, LAST_BIAS, FIRST_BIAS, LAST_BIAS).getData());
  }

  private double[] priorMean(SessionModel model, SessionSteps steps, IdentifiedCell previous) {
    double[] mean = Arrays.copyOf(previous.mean(), SessionModel.UNKNOWNS);
    mean[SessionModel.index(Nuisance.START_STOICHIOMETRY)] =
        model.stoichiometryAt(
            mean, steps.startVolts - previous.sensors().value(SensorBias.VOLTAGE));
    for (SensorBias b : SensorBias.values()) {
      mean[FIRST_BIAS + b.ordinal()] = previous.sensors().value(b);
    }
    double kelvin = steps.startKelvin - previous.sensors().value(SensorBias.TEMPERATURE);
    mean[SessionModel.index(Nuisance.START_TEMPERATURE)] = kelvin;
    mean[SessionModel.index(Nuisance.AMBIENT_TEMPERATURE)] = ambientKelvin.orElse(kelvin);
    return mean;
  }

  /** What the thermometer reads too high, the cell's true temperature lies below the reading. */
  private RealMatrix priorCovariance(IdentifiedCell previous) {
    RealMatrix p = new Array2DRowRealMatrix(SessionModel.UNKNOWNS, SessionModel.UNKNOWNS);
    double[][] joint = previous.jointCovarianceBeforeNextSession();
    int n = IdentifiedParameter.count();
    for (int i = 0; i < joint.length; i++) {
      for (int j = 0; j < joint.length; j++) {
        p.setEntry(i < n ? i : i - n + FIRST_BIAS, j < n ? j : j - n + FIRST_BIAS, joint[i][j]);
      }
    }
    if (!previous.sensors().isKnown()) {
      SensorClass stated = previous.sensors().accuracy();
      setVariance(
          p,
          Nuisance.VOLTAGE_BIAS,
          Math.min(noise.voltageBiasSigma(), stated.sigma(SensorBias.VOLTAGE)));
      setVariance(
          p,
          Nuisance.CURRENT_GAIN,
          Math.min(noise.currentGainSigma(), stated.sigma(SensorBias.CURRENT_GAIN)));
      setVariance(
          p,
          Nuisance.TEMPERATURE_BIAS,
          Math.min(noise.temperatureBiasSigma(), stated.sigma(SensorBias.TEMPERATURE)));
    }
    setVariance(p, Nuisance.START_STOICHIOMETRY, START_SIGMA);
    double bias = Math.sqrt(p.getEntry(LAST_BIAS, LAST_BIAS));
    int start = SessionModel.index(Nuisance.START_TEMPERATURE);
    for (int i = 0; i < SessionModel.UNKNOWNS; i++) {
      p.setEntry(i, start, -p.getEntry(i, LAST_BIAS));
      p.setEntry(start, i, -p.getEntry(i, LAST_BIAS));
    }
    setVariance(p, Nuisance.START_TEMPERATURE, Math.hypot(START_KELVIN_SIGMA, bias));
    if (ambientKelvin.isPresent()) {
      setVariance(p, Nuisance.AMBIENT_TEMPERATURE, AMBIENT_GIVEN_SIGMA);
    } else {
      setVariance(p, Nuisance.AMBIENT_TEMPERATURE, Math.hypot(AMBIENT_UNKNOWN_SIGMA, bias));
    }
    return p;
  }

  private static void setVariance(RealMatrix p, Nuisance n, double sigma) {
    p.setEntry(SessionModel.index(n), SessionModel.index(n), sigma * sigma);
  }

  /** How far each unknown may go: the battery's own no further than one session may change. */
  private static void bounds(double[] mean, double[] lower, double[] upper, boolean free) {
    for (int i = 0; i < mean.length; i++) {
      if (i >= FIRST_BIAS && i <= LAST_BIAS) {
        double most = SensorBias.at(i - FIRST_BIAS).most();
        lower[i] = -most;
        upper[i] = most;
        continue;
      }
      if (i >= IdentifiedParameter.count()) {
        lower[i] = Double.NEGATIVE_INFINITY;
        upper[i] = Double.POSITIVE_INFINITY;
        continue;
      }
      IdentifiedParameter p = IdentifiedParameter.at(i);
      double limit = free ? p.sessionLimit() : 0;
      lower[i] = Math.max(Math.min(p.least(), mean[i]), mean[i] - limit);
      upper[i] = Math.min(Math.max(p.most(), mean[i]), mean[i] + limit);
    }
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) * 1e-9;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
