package dev.anodyne.estimators.network;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundFile;
import dev.anodyne.estimators.bounds.BoundInputs;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.twin.DigitalTwin;
import dev.anodyne.estimators.twin.TwinSignals;
import java.util.Arrays;

/**
 * The estimators {@code augmented} and {@code learned}: a digital twin, and networks that say how
 * the weakest cell differs from it (augmented) or what the weakest cell's state is (learned). The
 * learned network sees nothing of the twin; the twin still runs because planners need a full state
 * to predict from. Several networks trained apart answer together ({@link Ensemble}).
 *
 * <p>Outside the range of its training data the network's inputs are held at the range's edge, the
 * estimate is flagged, and the value is the lower of the network's and the twin's. Networks that
 * correct a twin with a calibrated bound answer with the higher of the two bounds inside the range,
 * with the twin's outside, widened by as much as their inputs are out; others with the lower one,
 * the twin's with its margin for unknown territory.
 */
public final class NetworkEstimator implements StateEstimator {
  private static final Target[] TARGETS = Target.values();

  /** Place of each target among the quantities that have bounds. */
  private static final int[] QUANTITY =
      Arrays.stream(TARGETS).mapToInt(t -> t.quantity().ordinal()).toArray();

  /** Where networks are out of range a twin's bound that is not its own counts as this far out. */
  private static final double LEAST_DISTANCE = 1.0;

  private final NetworkModel model;
  private final BoundTable table;
  private final DigitalTwin twin;
  private final FeatureExtractor extractor;
  private final Ensemble network;
  private final BatteryGroup ofBattery;
  private final BatteryGroup ofJoined;
  private final boolean twinBoundHolds;
  private final BoundInputs inputs = new BoundInputs();
  private final double[] features;
  private final double[] scaled;
  private CellEstimate last;

  /** An estimator of {@code model}, which must fit the cell, with the model's own bounds. */
  public NetworkEstimator(
      NetworkModel model, CellParameters cell, PackLayout layout, EstimatorOptions options) {
    this(model, model.bounds(), cell, layout, options);
  }

  /**
   * An estimator with bounds that were calibrated apart from its networks.
   *
   * @param model must fit the cell
   * @param table of the networks' deviations with the options' sensors
   */
  public NetworkEstimator(
      NetworkModel model,
      BoundTable table,
      CellParameters cell,
      PackLayout layout,
      EstimatorOptions options) {
    this.model = model;
    this.table = table;
    this.twin = new DigitalTwin(cell, layout, options, twinBounds(model, cell, options.sensors()));
    this.extractor = model.kind().newExtractor(cell.nominalCapacityAmpHours(), layout);
    this.network = model.newEnsemble();
    boolean known = options.identified().map(b -> b.sessions() > 0).orElse(false);
    this.ofBattery = BatteryGroup.of(known, layout.series());
    this.ofJoined = BatteryGroup.ofJoined(layout.series());
    this.twinBoundHolds = twinBoundHolds(model, cell, options.sensors());
    this.features = new double[network.inputs()];
    this.scaled = new double[network.inputs()];
    this.last = twin.nothingYet();
  }

  /**
   * Whether the twin's bound may stand in for the networks' where it is the higher one. Both are
   * calibrated for 99.25 % or more, so that what is above both keeps 98.5 % even if they never fail
   * together (Bonferroni). Only networks that correct the twin: the others are to show what
   * measurements alone tell.
   */
  private static boolean twinBoundHolds(
      NetworkModel model, CellParameters cell, SensorClass sensors) {
    return model.kind().correctsTwin() && BoundFile.shipped(cell, sensors).isPresent();
  }

  /** The twin's own bounds where they are shipped, else those that the model file brings. */
  private static BoundTable twinBounds(
      NetworkModel model, CellParameters cell, SensorClass sensors) {
    return BoundFile.shipped(cell, sensors)
        .map(BoundFile::table)
        .orElseGet(model.twinBackOff()::table);
  }

  /** The twin beneath; its model fits {@link CellEstimate#twinState()}. */
  public DigitalTwin twin() {
    return twin;
  }

  /** What the bounds of the last update were made from. */
  public BoundInputs boundInputs() {
    return inputs;
  }

  @Override
  public void heated(double cellWatts) {
    twin.heated(cellWatts);
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
    double outside = model.scaling().apply(features, scaled);
    network.forward(scaled);
    take();
    last = answer(physics, outside);
    return last;
  }

  /** What the networks say, before bounds; added to the twin's own values where they correct it. */
  private void take() {
    TwinSignals t = twin.signals();
    for (Target target : TARGETS) {
      int i = QUANTITY[target.ordinal()];
      double base = model.kind().correctsTwin() ? target.ofTwin(t) : 0.0;
      inputs.values[i] = base + network.mean(target);
      inputs.sigmas[i] = network.sigma(target);
    }
    inputs.doubt = Math.max(network.doubt(), twin.departureFromNew());
    BoundInputs own = twin.boundInputs();
    System.arraycopy(own.signals, 0, inputs.signals, 0, own.signals.length);
  }

  private CellEstimate answer(CellEstimate physics, double outside) {
    BatteryGroup group = twin.signals().startedUnderLoad ? ofJoined : ofBattery;
    double distance = outside + table.range().distance(inputs.signals);
    boolean inRange = distance == 0.0 && physics.inRange();
    double anode = inputs.anodePotential(table, group);
    double bound = inputs.lowerBound(table, group, distance);
    if (twinBoundHolds) {
      double twins = twin.boundOutOfRange(outside);
      bound = inRange ? Math.max(bound, twins) : twins;
    } else if (!inRange) {
      bound = Math.min(bound, twin.boundOutOfRange(LEAST_DISTANCE));
    }
    if (!inRange) {
      anode = Math.min(anode, physics.anodePotentialVolts());
    }
    bound = Math.min(bound, anode);
    boolean finite = Double.isFinite(anode) && Double.isFinite(bound);
    return new CellEstimate(
        physics.timeNanos(),
        finite,
        inRange && finite,
        physics.chargeCurrentAmps(),
        physics.voltageVolts(),
        physics.temperatureKelvin(),
        share(Target.SOC),
        anode,
        bound,
        share(Target.ANODE_SURFACE),
        share(Target.ANODE_SURFACE_AT_SEPARATOR),
        share(Target.CATHODE_SURFACE),
        value(Target.CORE_TEMPERATURE),
        physics.voltageBiasVolts(),
        physics.twinState(),
        share(Target.ANODE_MEAN),
        share(Target.CATHODE_MEAN),
        finite ? inputs.intervals(table, group, distance) : EstimateIntervals.UNKNOWN);
  }

  private double value(Target target) {
    return inputs.values[QUANTITY[target.ordinal()]];
  }

  private double share(Target target) {
    return Math.min(Math.max(value(target), 0.0), 1.0);
  }
}
