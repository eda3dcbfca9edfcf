package dev.anodyne.estimators.network;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.bounds.BoundFile;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.twin.BackOff;
import dev.anodyne.estimators.twin.DigitalTwin;
import dev.anodyne.estimators.twin.TwinSignals;

/**
 * The estimators {@code augmented} and {@code learned}: a digital twin, and a network that says how
 * the weakest cell differs from it (augmented) or what the weakest cell's state is (learned). The
 * learned network sees nothing of the twin; the twin still runs because planners need a full state
 * to predict from, and its state of charge is the estimate's.
 *
 * <p>Outside the range of its training data the network's inputs are held at the range's edge, the
 * estimate is flagged, and both the value and the bound are the lower of the network's and the
 * twin's, the twin's with its margin for unknown territory.
 */
public final class NetworkEstimator implements StateEstimator {
  private final NetworkModel model;
  private final DigitalTwin twin;
  private final FeatureExtractor extractor;
  private final DenseNetwork network;
  private final double correctionVolts;
  private final double[] features;
  private final double[] scaled;
  private CellEstimate last;

  /** An estimator of {@code model}, which must fit the cell. */
  public NetworkEstimator(
      NetworkModel model, CellParameters cell, PackLayout layout, EstimatorOptions options) {
    this.model = model;
    this.twin = new DigitalTwin(cell, layout, options, twinBounds(model, cell));
    this.extractor = model.kind().newExtractor(cell.nominalCapacityAmpHours(), layout);
    this.network = new DenseNetwork(model.layers());
    this.correctionVolts = model.calibration().volts(layout.series());
    this.features = new double[network.inputs()];
    this.scaled = new double[network.inputs()];
    this.last = twin.nothingYet();
  }

  /** The twin's own bounds where they are shipped, else those that the model file brings. */
  private static BoundTable twinBounds(NetworkModel model, CellParameters cell) {
    return BoundFile.shipped(cell).map(BoundFile::table).orElseGet(model.twinBackOff()::table);
  }

  /** The twin beneath; its model fits {@link CellEstimate#twinState()}. */
  public DigitalTwin twin() {
    return twin;
  }

  @Override
  public CellEstimate update(Measurement m, CurrentCommand applied) {
    CellEstimate physics = twin.update(m, applied);
    if (!physics.valid()) {
      return physics;
    }
    if (twin.keepsLastEstimate()) {
      return last.kept(twin.keptVolts());
    }
    if (!twin.tookLastSample()) {
      return last; // The same instant again.
    }
    extractor.update(m, twin.signals(), features);
    boolean inRange = model.scaling().apply(features, scaled) == 0.0;
    last = answer(physics, network.forward(scaled), inRange);
    return last;
  }

  private CellEstimate answer(CellEstimate physics, double[] y, boolean featuresInRange) {
    TwinSignals t = twin.signals();
    boolean adds = model.kind().correctsTwin();
    double base = adds ? t.model.anodePotentialVolts : 0.0;
    double anode = base + y[Target.ANODE_POTENTIAL.ordinal()] * Target.ANODE_POTENTIAL.unit();
    double quantile =
        base
            + y[Target.ANODE_POTENTIAL_QUANTILE.ordinal()] * Target.ANODE_POTENTIAL_QUANTILE.unit();
    double growth = BackOff.growth(t.cellAmps / model.nominalAmpHours(), t.temperatureKelvin);
    double bound = Math.min(anode, quantile) - correctionVolts * growth - BackOff.findingVolts(t);
    boolean inRange = featuresInRange && physics.inRange();
    if (!inRange) {
      anode = Math.min(anode, physics.anodePotentialVolts());
      bound = Math.min(bound, twin.boundOutOfRange(1.0));
    }
    boolean finite = Double.isFinite(anode) && Double.isFinite(bound);
    return new CellEstimate(
        physics.timeNanos(),
        finite,
        inRange && finite,
        physics.chargeCurrentAmps(),
        physics.voltageVolts(),
        physics.temperatureKelvin(),
        share(y, Target.SOC, adds ? Math.min(Math.max(t.twinSoc, 0.0), 1.0) : 0.0),
        anode,
        bound,
        share(y, Target.ANODE_SURFACE, adds ? t.model.anodeSurfaceStoichiometry : 0.0),
        share(
            y,
            Target.ANODE_SURFACE_AT_SEPARATOR,
            adds ? t.model.anodeSurfaceStoichiometryAtSeparator : 0.0),
        share(y, Target.CATHODE_SURFACE, adds ? t.model.cathodeSurfaceStoichiometry : 0.0),
        physics.coreTemperatureKelvin(),
        physics.voltageBiasVolts(),
        physics.twinState(),
        mean(y, Target.ANODE_MEAN, physics.anodeStoichiometry()),
        mean(y, Target.CATHODE_MEAN, physics.cathodeStoichiometry()),
        finite ? around(physics.intervals(), anode, bound) : EstimateIntervals.UNKNOWN);
  }

  /** The twin's intervals with the network's own of the anode potential. */
  private static EstimateIntervals around(EstimateIntervals own, double anode, double bound) {
    return new EstimateIntervals(
        own.coverage(),
        Interval.around(anode, Math.max(anode - bound, 0.0)),
        own.anodeSurfaceStoichiometry(),
        own.cathodeSurfaceStoichiometry(),
        own.anodeStoichiometry(),
        own.cathodeStoichiometry(),
        own.soc(),
        own.coreTemperatureKelvin());
  }

  /** What the network says where it says it, else the twin's. */
  private double mean(double[] y, Target target, double ofTwin) {
    return model.kind().targets().contains(target) ? share(y, target, 0.0) : ofTwin;
  }

  /** A share between 0 and 1: what the network says, added to the twin's where it corrects that. */
  private static double share(double[] y, Target target, double base) {
    return Math.min(Math.max(base + y[target.ordinal()] * target.unit(), 0.0), 1.0);
  }
}
