package dev.anodyne.controller.lab;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.identification.BatteryRecord;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import dev.anodyne.estimators.identification.RecordedSession;
import dev.anodyne.estimators.identification.SensorBelief;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The file of one battery, read before a session and written after it. */
public final class Adaptation {
  private final Path file;
  private final CellParameters kind;
  private final BatteryRecord record;
  private final String sensors;
  private final SensorClass accuracy;

  private Adaptation(
      Path file, CellParameters kind, BatteryRecord record, String sensors, SensorClass accuracy) {
    this.accuracy = accuracy;
    this.sensors = sensors;
    this.file = file;
    this.kind = kind;
    this.record = record;
  }

  /**
   * Reads the battery's file, or begins a new one when there is none.
   *
   * @param kind the battery's kind of cell, heat transfer included
   * @param sensors what the sensors of this session are called; empty: they are unknown
   * @param accuracy how far they may be off
   * @throws InputException when the file cannot be used, or not be written later
   */
  public static Adaptation open(
      Path file, CellParameters kind, String sensors, SensorClass accuracy) {
    if (sensors.length() > SensorBelief.LONGEST_NAME
        || sensors.chars().anyMatch(Character::isISOControl)) {
      throw new InputException(
          "--sensors: allowed is a name of at most "
              + SensorBelief.LONGEST_NAME
              + " plain characters.");
    }
    OutputFiles.file("--battery", file);
    BatteryRecord record =
        Files.exists(file)
            ? InputException.checking("--battery", () -> BatteryFile.read(file, kind))
            : BatteryRecord.unknown(kind);
    return new Adaptation(file, kind, record, sensors, accuracy);
  }

  /** What was known when the file was opened, in the form of {@link BatteryFile}. */
  public BatteryRecord record() {
    return record;
  }

  /** What the session's sensors are called; empty: they are unknown. */
  public String sensors() {
    return sensors;
  }

  /** What the session starts from. */
  public IdentifiedCell current() {
    return record.current(kind).measuredBy(sensors).within(accuracy);
  }

  /**
   * Identifies the battery from the session and writes what was found; a refused session leaves the
   * file as it was. Starts from what the file holds now: what was taken back, or learned from
   * another session, since this one began is neither lost nor undone.
   *
   * @param ambientKelvin if known
   */
  public Identification learn(RecordedSession session, OptionalDouble ambientKelvin) {
    CellIdentifier identifier =
        new CellIdentifier(kind, P2dOptions.CONTROL, FitNoise.STANDARD, ambientKelvin);
    AtomicReference<Identification> result = new AtomicReference<>();
    InputException.checking(
        "--battery",
        () ->
            BatteryFile.update(
                file,
                kind,
                now -> {
                  Identification found =
                      identifier.identify(
                          session, now.current(kind).measuredBy(sensors).within(accuracy));
                  result.set(found);
                  return now.with(found, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
                }));
    return Objects.requireNonNull(result.get());
  }

  /** The result in words, for a terminal. */
  public String text(Identification found) {
    if (!found.accepted()) {
      return "Battery: nothing changed. " + found.why();
    }
    StringBuilder text = new StringBuilder("Battery: ").append(found.why());
    for (IdentifiedParameter p : found.determined()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-28s %8.4f ± %.4f",
              p.key(),
              found.cell().value(p),
              found.cell().standardDeviation(p)));
    }
    return text.append("\nThe next session starts from ").append(file).append('.').toString();
  }

  /** The result for {@code --json}. */
  public Map<String, @Nullable Object> toMap(Identification found) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("file", file.toString());
    map.put("accepted", found.accepted());
    map.put("why", found.why());
    map.put("sessions", found.cell().sessions());
    map.put("rmse_before_mV", millivolts(found.rmseBeforeVolts()));
    map.put("rmse_after_mV", millivolts(found.rmseAfterVolts()));
    map.put("seconds", found.seconds());
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("value", found.cell().value(p));
      one.put("standard_deviation", found.cell().standardDeviation(p));
      one.put("determined", found.determined().contains(p));
      one.put("at_limit", found.atLimit().contains(p));
      parameters.put(p.key(), one);
    }
    map.put("parameters", parameters);
    return map;
  }

  private static @Nullable Double millivolts(double volts) {
    return Double.isFinite(volts) ? volts * 1e3 : null;
  }
}
