package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Fits the networks of an ensemble, several at once. Each begins with other weights and leaves out
 * other batteries to stop early on, so that what they disagree about is what the data do not tell.
 * The result does not depend on the number of threads.
 */
final class EnsembleTrainer {
  private final FitSettings settings;
  private final TrainRequest request;
  private double epochsDone;

  EnsembleTrainer(FitSettings settings, TrainRequest request) {
    this.settings = settings;
    this.request = request;
  }

  /**
   * The networks, each with layers that answer in target units, how it went, and what was left of
   * the physics in the loss, if any, as a mean over the networks.
   */
  record Fitted(
      List<List<DenseLayer>> members, LearningCurve curve, Optional<PhysicsTerms> physics) {}

  Fitted fit(Rows rows, InputScaling scaling) {
    Nd4jSetup.prepare();
    List<Callable<NetworkTrainer.Fitted>> tasks = new ArrayList<>();
    for (int m = 0; m < settings.members(); m++) {
      int member = m;
      long seed = request.seed() * 1_000_003L + m;
      // Initial weights come from a generator that all threads share: made here, one by one.
      NetworkTrainer.@Nullable Informed informed = informed(rows, scaling);
      MultiLayerNetwork net =
          NetworkBuilder.build(
              rows.inputs(),
              settings,
              NetworkTrainer.FIRST_RATE,
              seed,
              informed == null ? NetworkBuilder.labelLoss() : informed.loss());
      NetworkTrainer trainer =
          new NetworkTrainer(
              net,
              settings,
              request.epochs(),
              seed,
              rows,
              scaling,
              member % DataSplit.FOLDS,
              informed);
      tasks.add(() -> trainer.fit((epoch, loss, terms) -> tell(member, epoch, loss, terms)));
    }
    List<List<DenseLayer>> members = new ArrayList<>();
    List<LearningCurve.Run> runs = new ArrayList<>();
    Optional<PhysicsTerms> physics = Optional.empty();
    for (NetworkTrainer.Fitted fitted : run(tasks)) {
      members.add(fitted.layers());
      runs.add(fitted.run());
      PhysicsTerms own = fitted.physics();
      if (own != null) {
        PhysicsTerms share = own.times(1.0 / settings.members());
        physics = Optional.of(physics.map(share::plus).orElse(share));
      }
    }
    return new Fitted(members, new LearningCurve(runs), physics);
  }

  private NetworkTrainer.@Nullable Informed informed(Rows rows, InputScaling scaling) {
    if (request.kind() != FeatureSet.INFORMED) {
      return null;
    }
    PhysicsLoss physics =
        new PhysicsLoss(request.cell(), rows.targetMoments(), PhysicsLoss.WEIGHTS);
    return new NetworkTrainer.Informed(
        new InformedLoss(NetworkBuilder.labelLoss(), physics),
        new InformedBatches(request.cell(), request.kind(), rows, scaling));
  }

  private List<NetworkTrainer.Fitted> run(List<Callable<NetworkTrainer.Fitted>> tasks) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.min(request.workers(), tasks.size()), EnsembleTrainer::daemon);
    try {
      List<NetworkTrainer.Fitted> fitted = new ArrayList<>();
      for (Future<NetworkTrainer.Fitted> future : pool.invokeAll(tasks)) {
        fitted.add(future.get());
      }
      return fitted;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Training was interrupted.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A network could not be fitted.", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "training");
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void tell(int member, int epoch, double loss, @Nullable PhysicsTerms terms) {
    epochsDone++;
    request
        .progress()
        .advanced(
            "Training",
            epochsDone / ((double) settings.members() * request.epochs()),
            String.format(
                Locale.ROOT,
                "network %d of %d, epoch %d, validation loss %.4f%s",
                member + 1,
                settings.members(),
                epoch,
                loss,
                terms == null ? "" : ", " + terms.text()));
  }
}
