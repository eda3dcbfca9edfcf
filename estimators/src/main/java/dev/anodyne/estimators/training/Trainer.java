package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.BoundCalibration;
import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.ModelCard;
import dev.anodyne.estimators.network.ModelFile;
import dev.anodyne.estimators.network.NetworkModel;
import dev.anodyne.estimators.twin.BackOff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole way from a cell's parameters to a model file: simulate, fit, calibrate, evaluate. The
 * same request gives the same model, whatever the number of threads.
 */
public final class Trainer {
  /** Changes whenever the data would differ for the same request. */
  private static final String DATA_VERSION = "4";

  private static final int ROW_STRIDE = 4;

  private Trainer() {}

  /** Trains a model. Takes minutes at full size. */
  public static TrainedModel train(TrainRequest request) {
    DataSplit data = data(request);
    FeatureSet kind = request.kind();
    Rows training = Rows.of(kind, data.training(), ROW_STRIDE);
    InputScaling scaling = training.scaling();
    NetworkTrainer.Fitted fitted =
        new NetworkTrainer(
                FitSettings.of(kind), request.epochs(), request.seed(), request.progress())
            .fit(training, Rows.of(kind, data.validation(), ROW_STRIDE), scaling);
    // Calibrated and judged as it will run: with the weights as the file holds them.
    List<DenseLayer> layers = fitted.layers().stream().map(Trainer::asStored).toList();
    request.progress().advanced("Calibration", 0.0, "");
    BoundCalibration calibration = Calibrator.network(kind, layers, scaling, data.calibration());
    BackOff backOff = Calibrator.twin(data.calibration(), data.training());
    NetworkModel model =
        model(request, scaling, layers, calibration, backOff, card(request, data, Map.of()));
    Map<String, Double> metrics = Evaluation.of(model, data.test());
    request.progress().advanced("Calibration", 1.0, "");
    NetworkModel complete =
        model(request, scaling, layers, calibration, backOff, card(request, data, metrics));
    return new TrainedModel(ModelFile.parse(ModelFile.toJson(complete), "trained"), fitted.curve());
  }

  private static DenseLayer asStored(DenseLayer layer) {
    return new DenseLayer(
        layer.inputs(),
        layer.outputs(),
        layer.activation(),
        asFloats(layer.weights()),
        asFloats(layer.biases()));
  }

  private static double[] asFloats(double[] values) {
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  static DataSplit data(TrainRequest r) {
    int train = r.trainingSessions();
    int validation = Math.max(2, train / 8);
    List<SessionData> fitting = sessions(r, 0, train, false, "Training data");
    List<SessionData> calibration =
        sessions(r, 1_000_000, r.calibrationSessions(), true, "Calibration data");
    List<SessionData> test = sessions(r, 2_000_000, r.testSessions(), true, "Test data");
    return new DataSplit(
        new ArrayList<>(fitting.subList(validation, train)),
        new ArrayList<>(fitting.subList(0, validation)),
        calibration,
        test);
  }

  private static List<SessionData> sessions(
      TrainRequest r, int first, int count, boolean judging, String stage) {
    String madeFrom =
        String.join(
            "|",
            DATA_VERSION,
            r.cell().name(),
            Double.toString(r.cell().nominalCapacityAmpHours()),
            Long.toString(r.seed()),
            Integer.toString(first),
            Integer.toString(count),
            r.truth().toString());
    Optional<Path> file =
        r.dataFolder()
            .map(
                d ->
                    d.resolve(
                        stage.toLowerCase(java.util.Locale.ROOT).replace(' ', '-') + ".bin.gz"));
    Optional<List<SessionData>> kept = file.flatMap(f -> DataFile.read(f, madeFrom));
    if (kept.isPresent()) {
      r.progress().advanced(stage, 1.0, count + " sessions found in " + file.orElseThrow());
      return kept.get();
    }
    List<SessionData> made =
        new SessionGenerator(r.cell(), r.truth(), r.seed())
            .generate(first, count, judging, r.workers(), stage, r.progress());
    file.ifPresent(f -> DataFile.write(f, madeFrom, made));
    return made;
  }

  private static NetworkModel model(
      TrainRequest r,
      InputScaling scaling,
      List<DenseLayer> layers,
      BoundCalibration calibration,
      BackOff backOff,
      ModelCard card) {
    return new NetworkModel(
        r.kind(),
        r.cell().name(),
        r.cell().nominalCapacityAmpHours(),
        scaling,
        layers,
        calibration,
        backOff,
        card);
  }

  private static ModelCard card(TrainRequest r, DataSplit data, Map<String, Double> metrics) {
    Map<String, String> ranges = new LinkedHashMap<>();
    ranges.put("ambient temperature", "-10 to 50 °C, four fifths of it 0 to 45 °C");
    ranges.put("heat transfer", "5 to 60 W/m²K; the twin's own value is off by up to 25 %");
    ranges.put("state of charge", "start 0 to 80 %, end 80 to 95 %");
    ranges.put(
        "current", "0 to 3.3C: constant, steps, ramps, pulses, rests, riding the anode potential");
    ranges.put("cells in series", "1, 2, 4 and 8");
    ranges.put(
        "cell spread (1 sigma)",
        "capacity 1 %, resistance 1 mOhm at 5 A.h, exchange currents and solid diffusivities 4 %,"
            + " state of charge 0.5 %, temperature 0.3 K, heat transfer 3 %");
    ranges.put(
        "mild ageing (a fifth to a third of the sessions)",
        "losses of lithium and of either active material to 2 %, resistance to 3 mOhm, rates and"
            + " diffusivities to -10 %");
    ranges.put("sensor noise (1 sigma)", "1 mV, 0.1 % of current, 0.2 K");
    ranges.put("simulated with", r.truth().toString());
    return new ModelCard(
        r.kind().correctsTwin()
            ? "Corrects a digital twin's anode potential and surface stoichiometries to those of"
                + " the weakest cell of a series pack, with a lower bound."
            : "Gives the anode potential and surface stoichiometries of the weakest cell of a"
                + " series pack from current, voltage and temperature, with a lower bound.",
        r.seed(),
        Math.round(data.hours() * 10.0) / 10.0,
        data.training().size() + data.validation().size(),
        data.calibration().size(),
        data.test().size(),
        ranges,
        metrics,
        List.of(
            "Synthetic data only: the cells are simulated by the electrochemical model itself.",
            "Biased, drifting or delayed sensors, strongly aged cells and cells in parallel that"
                + " differ are not covered.",
            "The bound's coverage holds for sessions drawn like the calibration sessions.",
            "Charging and rest only; discharge is outside the training range."));
  }
}
