package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.identification.BatteryRecord;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.RecordedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept about the battery of one connector from charge to charge: its file is read before a
 * session and written after it. A file that cannot be used stops no charge: the session starts
 * nominal, and the file is left as it is. Reading and identifying block, for up to seconds: both
 * belong on a worker.
 */
public final class BatteryMemory {
  private static final Logger LOG = LoggerFactory.getLogger(BatteryMemory.class);

  private final Path file;
  private final ConnectorConfig connector;
  private final Clock clock;
  private @Nullable RecordedSession session;

  /**
   * Of a connector whose battery has a file.
   *
   * @param file the battery's; may not exist yet
   * @param connector kind of cell, layout, surroundings and, by its id, the sensors
   * @param clock tells when a session ended
   */
  public BatteryMemory(Path file, ConnectorConfig connector, Clock clock) {
    this.file = file;
    this.connector = connector;
    this.clock = clock;
  }

  /** Where it is kept. */
  Path file() {
    return file;
  }

  /** What the next session starts from; empty when nothing is known, or the file is unusable. */
  public Optional<IdentifiedCell> known() {
    return read().map(r -> current(r)).filter(battery -> battery.sessions() > 0);
  }

  /**
   * What a session starts from.
   *
   * @param cell empty when nothing is known
   * @param text the battery's file that says so; empty with the cell
   */
  record Known(Optional<IdentifiedCell> cell, String text) {
    static final Known NOTHING = new Known(Optional.empty(), "");
  }

  /** As {@link #known}, with the text that it rests on. */
  Known knownAsWritten() {
    Optional<BatteryRecord> record = read().filter(r -> current(r).sessions() > 0);
    return record
        .map(r -> new Known(Optional.of(current(r)), BatteryFile.text(r)))
        .orElse(Known.NOTHING);
  }

  /** An estimator that also records what it is told; a new session begins with it. */
  synchronized StateEstimator recording(StateEstimator estimator) {
    RecordedSession own = new RecordedSession(connector.layout());
    session = own;
    return (measurement, applied) -> {
      CellEstimate estimate = estimator.update(measurement, applied);
      // Without a battery on the connector there is no estimate either.
      if (estimate.valid()) {
        record(own, measurement);
      }
      return estimate;
    };
  }

  private synchronized void record(RecordedSession own, Measurement measurement) {
    if (session == own) {
      own.add(measurement);
    }
  }

  /**
   * Ends the recording; quick.
   *
   * @return identifies the battery from it and writes its file, on whatever thread it is run; does
   *     nothing when there was no session, or it has been learned from before
   */
  synchronized Runnable endSession() {
    RecordedSession ended = session;
    session = null;
    return () -> {
      if (ended != null && ended.samples() > 0) {
        learn(ended);
      }
    };
  }

  /** One after the other: each starts from what the one before wrote, whoever that was. */
  private void learn(RecordedSession ended) {
    CellIdentifier identifier =
        new CellIdentifier(
            cell(),
            P2dOptions.CONTROL,
            FitNoise.STANDARD,
            OptionalDouble.of(connector.ambientKelvin()));
    try {
      BatteryFile.update(file, cell(), before -> learned(before, identifier, ended));
    } catch (IllegalArgumentException e) {
      LOG.error("The charge teaches nothing: {}", e.getMessage());
    }
  }

  private BatteryRecord learned(
      BatteryRecord before, CellIdentifier identifier, RecordedSession ended) {
    Identification found = identifier.identify(ended, current(before));
    if (found.accepted()) {
      LOG.info("Battery {}: session {}. {}", file, found.cell().sessions(), found.why());
    } else {
      LOG.info("Battery {}: nothing changed. {}", file, found.why());
    }
    return before.with(found, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private IdentifiedCell current(BatteryRecord record) {
    return record
        .current(cell())
        .measuredBy(connector.id())
        .within(Estimators.sensorsOf(connector.estimator()));
  }

  private CellParameters cell() {
    return connector.cell();
  }

  private Optional<BatteryRecord> read() {
    if (!Files.exists(file)) {
      return Optional.of(BatteryRecord.unknown(cell()));
    }
    try {
      return Optional.of(BatteryFile.read(file, cell()));
    } catch (IllegalArgumentException e) {
      LOG.error("The charge starts nominal: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
