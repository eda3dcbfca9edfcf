package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.ModelCard;
import dev.anodyne.estimators.network.ModelFile;
import dev.anodyne.estimators.network.NetworkModel;
import dev.anodyne.estimators.twin.BackOff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole way from a cell's parameters to a model file: simulate, fit, calibrate, evaluate. The
 * same request gives the same model, whatever the number of threads.
 */
public final class Trainer {
  private static final int ROW_STRIDE = 4;

  private static final String SHIPPED_SENSORS =
      "Biased, drifting or delayed sensors, strongly aged cells and cells in parallel that"
          + " differ are not covered.";
  private static final String WIDE_SENSORS =
      "Drifting sensors, and cells in parallel that differ, are not covered.";

  private Trainer() {}

  /** Trains a model on data that are simulated for it. Takes minutes at full size. */
  public static TrainedModel train(TrainRequest request) {
    return train(request, data(request), new CardText(false, request.truth().toString()));
  }

  /**
   * Trains a model on a data set; the request's numbers of sessions and its truth do not matter.
   *
   * @throws DataSetException when a shard cannot be read
   */
  public static TrainedModel train(TrainRequest request, DataSet data) {
    request.progress().advanced("Reading data", 0.0, data.sessions() + " sessions");
    List<SessionData> all = data.load(label -> true, false);
    DataSplit split =
        new DataSplit(
            of(all, Split.TRAIN),
            of(all, Split.CALIBRATE),
            of(all, Split.TEST),
            of(all, Split.EXTRAPOLATION));
    request.progress().advanced("Reading data", 1.0, data.sessions() + " sessions");
    return train(
        request, split, new CardText(data.plan() == DataPlan.WIDE, data.engine().toString()));
  }

  /** A wide plan's harshest sessions may end before the first row. */
  private static List<SessionData> of(List<SessionData> all, Split split) {
    return all.stream().filter(s -> s.label.ref().split() == split && s.rows > 0).toList();
  }

  /** What a card says of the data. */
  private record CardText(boolean wide, String engine) {
    Map<String, String> ranges() {
      return (wide ? DataPlan.WIDE : DataPlan.SHIPPED).ranges();
    }

    String sensors() {
      return wide ? WIDE_SENSORS : SHIPPED_SENSORS;
    }
  }

  private static TrainedModel train(TrainRequest request, DataSplit data, CardText text) {
    FeatureSet kind = request.kind();
    Rows rows = Rows.of(kind, data.fitting(), ROW_STRIDE);
    InputScaling scaling = rows.scaling();
    EnsembleTrainer.Fitted fitted =
        new EnsembleTrainer(FitSettings.of(kind), request).fit(rows, scaling);
    List<List<DenseLayer>> members = fitted.members();
    request.progress().advanced("Calibration", 0.0, "");
    NetworkBounds.Calibrated bounds =
        NetworkBounds.of(kind, members, scaling, data.calibration(), data.extrapolation());
    BackOff backOff = Calibrator.twin(typical(data.calibration(), text.wide()), data.fitting());
    NetworkModel model =
        model(request, scaling, members, bounds, backOff, card(request, data, text, Map.of()));
    Map<String, Double> metrics =
        text.wide()
            ? Evaluation.ofWide(model, request.cell(), data.test(), data.extrapolation())
            : Evaluation.of(model, request.cell(), data.test());
    fitted.physics().ifPresent(terms -> terms.put(metrics));
    request.progress().advanced("Calibration", 1.0, "");
    NetworkModel complete =
        model(request, scaling, members, bounds, backOff, card(request, data, text, metrics));
    return new TrainedModel(ModelFile.parse(ModelFile.toJson(complete), "trained"), fitted.curve());
  }

  /**
   * The sessions that the twin's simple margin is calibrated with: a wide plan's odd batteries and
   * sensors are left to bounds that go with the filter's own deviations.
   */
  private static List<SessionData> typical(List<SessionData> sessions, boolean wide) {
    List<SessionData> sound = sessions.stream().filter(s -> NetworkBounds.isSound(s)).toList();
    return wide && !sound.isEmpty() ? sound : sessions;
  }

  private static DataSplit data(TrainRequest r) {
    return new DataSplit(
        sessions(r, 0, r.trainingSessions(), false, "Training data"),
        sessions(r, DataPlan.FIRST_CALIBRATION, r.calibrationSessions(), true, "Calibration data"),
        sessions(r, DataPlan.FIRST_TEST, r.testSessions(), true, "Test data"),
        List.of());
  }

  private static List<SessionData> sessions(
      TrainRequest r, int first, int count, boolean judging, String stage) {
    return new SessionGenerator(r.cell(), r.truth(), r.seed())
        .generate(first, count, judging, r.workers(), stage, r.progress());
  }

  private static NetworkModel model(
      TrainRequest r,
      InputScaling scaling,
      List<List<DenseLayer>> members,
      NetworkBounds.Calibrated bounds,
      BackOff backOff,
      ModelCard card) {
    return new NetworkModel(
        r.kind(),
        r.cell().name(),
        r.cell().nominalCapacityAmpHours(),
        scaling,
        members,
        bounds.scale(),
        bounds.table(),
        backOff,
        card);
  }

  private static ModelCard card(
      TrainRequest r, DataSplit data, CardText text, Map<String, Double> metrics) {
    Map<String, String> ranges = new LinkedHashMap<>(text.ranges());
    ranges.put("simulated with", text.engine());
    return new ModelCard(
        r.kind().correctsTwin()
            ? "Corrects a digital twin's anode potential and surface stoichiometries to those of"
                + " the weakest cell of a series pack, with a lower bound."
            : "Gives the anode potential and surface stoichiometries of the weakest cell of a"
                + " series pack from current, voltage and temperature, with a lower bound."
                + (r.kind() == FeatureSet.INFORMED ? PhysicsLoss.text() : ""),
        r.seed(),
        Math.round(data.hours() * 10.0) / 10.0,
        data.fitting().size(),
        data.calibration().size(),
        data.test().size(),
        ranges,
        metrics,
        List.of(
            "Synthetic data only: the cells are simulated by the electrochemical model itself.",
            text.sensors(),
            "The bound's coverage holds for sessions drawn like the calibration sessions.",
            "Charging and rest only; discharge is outside the training range."));
  }
}
