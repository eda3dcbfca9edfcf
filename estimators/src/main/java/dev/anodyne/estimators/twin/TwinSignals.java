package dev.anodyne.estimators.twin;

import dev.anodyne.core.p2d.P2dOutputs;

/**
 * What the digital twin knows after an update. Mutable, overwritten by the next update.
 *
 * <p>Two filters run side by side. {@link #filtered} is what the joint state-parameter filter
 * believes: corrected values with a standard deviation each. Everything else is of the model that
 * planners take over, which only its state of charge and a series resistance are corrected of; the
 * networks' features {@link #innovationVolts}, {@link #resistanceOhm}, {@link #socSigma} and {@link
 * #socShiftSum} are that model's, and the joint filter does not touch them.
 */
public final class TwinSignals {
  /** What the joint state-parameter filter believes. */
  public final FilteredState filtered = new FilteredState();

  /** The model's own values, before any resistance or bias is added. */
  public final P2dOutputs model = new P2dOutputs();

  /** Cell current, A. */
  public double cellAmps;

  /** Measured (highest) cell voltage minus the model's with the resistance added, V. */
  public double innovationVolts;

  /** Series resistance found beyond the model's, Ω. */
  public double resistanceOhm;

  /** Standard deviation of the state of charge, 0–1. */
  public double socSigma;

  /** Sum of the shifts of the state of charge that the voltage asked for. */
  public double socShiftSum;

  /** State of charge of the twin's state after the last shift; may lie somewhat beyond 0–1. */
  public double twinSoc;

  /** Filtered temperature of the coldest cell, K. */
  public double temperatureKelvin;

  /** Time from the last accepted sample to this one, s; 0 at a start. */
  public double stepSeconds;

  /** Time since the state was found, s. */
  public double secondsSinceStart;

  /** Time since the end of the last gap, s; infinite when there was none. */
  public double secondsSinceGap = Double.POSITIVE_INFINITY;

  /** How little the samples are to be trusted: 0 when nothing speaks against them. */
  public double doubt;

  /** True when this sample (re)started the twin: filters that follow it begin anew. */
  public boolean started;

  /** True when the state was found under load: its profiles are a guess at first. */
  public boolean startedUnderLoad;
}
