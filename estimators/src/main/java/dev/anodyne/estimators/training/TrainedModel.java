package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.ModelFile;
import dev.anodyne.estimators.network.NetworkModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What training made.
 *
 * @param model the estimator, with its card
 * @param curve how training went
 */
public record TrainedModel(NetworkModel model, LearningCurve curve) {

  /**
   * Writes the model file and, beside it, its learning curve ({@code NAME.svg}) and its card for
   * people ({@code NAME.md}).
   */
  public void save(Path modelFile) {
    ModelFile.write(model, modelFile);
    String name = String.valueOf(modelFile.getFileName());
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    try {
      Files.writeString(modelFile.resolveSibling(stem + ".svg"), curve.toSvg());
      Files.writeString(modelFile.resolveSibling(stem + ".md"), ModelCardText.markdown(model));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Learning curve and card cannot be written beside " + modelFile, e);
    }
  }
}
