package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.SessionTape.Truth;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What an estimator says about the weakest cell, each with an interval. */
enum Quantity {
  ANODE_POTENTIAL(
      "anode potential",
      "mV",
      1e3,
      Truth::anodePotentialVolts,
      CellEstimate::anodePotentialVolts,
      EstimateIntervals::anodePotentialVolts),
  ANODE_SURFACE(
      "anode surface stoichiometry",
      "%",
      100,
      Truth::anodeSurface,
      CellEstimate::anodeSurfaceStoichiometry,
      EstimateIntervals::anodeSurfaceStoichiometry),
  CATHODE_SURFACE(
      "cathode surface stoichiometry",
      "%",
      100,
      Truth::cathodeSurface,
      CellEstimate::cathodeSurfaceStoichiometry,
      EstimateIntervals::cathodeSurfaceStoichiometry),
  ANODE(
      "anode mean stoichiometry",
      "%",
      100,
      Truth::anode,
      CellEstimate::anodeStoichiometry,
      EstimateIntervals::anodeStoichiometry),
  CATHODE(
      "cathode mean stoichiometry",
      "%",
      100,
      Truth::cathode,
      CellEstimate::cathodeStoichiometry,
      EstimateIntervals::cathodeStoichiometry),
  SOC("state of charge", "%", 100, Truth::soc, CellEstimate::soc, EstimateIntervals::soc),
  CORE_TEMPERATURE(
      "core temperature",
      "K",
      1,
      Truth::kelvin,
      CellEstimate::coreTemperatureKelvin,
      EstimateIntervals::coreTemperatureKelvin);

  private final String text;
  private final String unit;
  private final double scale;
  private final ToDoubleFunction<Truth> truth;
  private final ToDoubleFunction<CellEstimate> belief;
  private final Function<EstimateIntervals, Interval> interval;

  Quantity(
      String text,
      String unit,
      double scale,
      ToDoubleFunction<Truth> truth,
      ToDoubleFunction<CellEstimate> belief,
      Function<EstimateIntervals, Interval> interval) {
    this.text = text;
    this.unit = unit;
    this.scale = scale;
    this.truth = truth;
    this.belief = belief;
    this.interval = interval;
  }

  String text() {
    return text;
  }

  /** What its errors are shown in; {@link #scale} times the SI value. */
  String unit() {
    return unit;
  }

  double scale() {
    return scale;
  }

  /** NaN where it is not known. */
  double truth(Truth t) {
    return truth.applyAsDouble(t);
  }

  /** NaN where nothing is said. */
  double belief(CellEstimate e) {
    return belief.applyAsDouble(e);
  }

  Interval interval(EstimateIntervals intervals) {
    return interval.apply(intervals);
  }
}
