package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.estimators.training.DataManifest.Shard;
import dev.anodyne.estimators.training.DataManifest.ShardFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shards on disk: folders that are complete or absent, and their checks. */
final class Shards {
  private static final String PART = ".part";

  private Shards() {}

  /** Writes a shard beside its place, then moves it there. */
  static Shard write(Path folder, int number, List<SessionData> sessions) throws IOException {
    Path place = folder.resolve(DataManifest.shardFolder(number));
    Path part = folder.resolve(DataManifest.shardFolder(number) + PART);
    delete(part);
    Files.createDirectories(part);
    try {
      List<ShardFile> files = writeFiles(part, sessions);
      delete(place);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
      double hours = sessions.stream().mapToDouble(s -> s.hours).sum();
      return new Shard(number, hours, files);
    } catch (IOException e) {
      deleteAfter(e, part); // A full disk needs the room.
      throw e;
    }
  }

  private static void deleteAfter(IOException failure, Path part) {
    try {
      delete(part);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static List<ShardFile> writeFiles(Path part, List<SessionData> sessions)
      throws IOException {
    List<Integer> rows = SessionTables.write(part, sessions);
    List<ShardFile> files = new ArrayList<>();
    for (int i = 0; i < SessionTables.FILES.size(); i++) {
      String name = SessionTables.FILES.get(i);
      Path file = part.resolve(name);
      files.add(new ShardFile(name, rows.get(i), Files.size(file), sha256(file)));
    }
    return files;
  }

  /** What is wrong with a shard's files, in a line; empty when they are as the manifest says. */
  static Optional<String> problem(Path folder, Shard shard) {
    for (ShardFile expected : shard.files()) {
      Path file = folder.resolve(shard.folder()).resolve(expected.name());
      try {
        if (!Files.isRegularFile(file)) {
          return Optional.of(file + ": missing, though " + DataManifest.FILE + " lists it.");
        }
        if (Files.size(file) != expected.bytes()) {
          return Optional.of(
              file + ": " + Files.size(file) + " bytes, should be " + expected.bytes() + ".");
        }
        if (!sha256(file).equals(expected.sha256())) {
          return Optional.of(file + ": damaged, its SHA-256 is not the manifest's.");
        }
      } catch (IOException e) {
        return Optional.of(file + ": cannot be read (" + e.getClass().getSimpleName() + ").");
      }
    }
    return Optional.empty();
  }

  /** Refuses a manifest whose shards are not what its own numbers say. */
  static void requireLayout(Path folder, DataManifest m) {
    boolean fits = m.sessionsAShard() > 0 && (!m.complete() || m.shards().size() == m.shardCount());
    for (Shard shard : m.shards()) {
      fits &= shard.number() >= 0 && shard.number() < m.shardCount();
      fits &= shard.files().stream().map(ShardFile::name).toList().equals(SessionTables.FILES);
    }
    if (!fits) {
      throw new DataSetException(
          folder.resolve(DataManifest.FILE)
              + ": the shards it lists do not fit its number of sessions ("
              + m.sessions()
              + ").\nMaybe it was edited; generate the data in another folder.");
    }
  }

  /** Removes what interrupted writers left behind. */
  static void removeParts(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path path : inside.filter(p -> p.getFileName().toString().endsWith(PART)).toList()) {
        delete(path);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java platform has SHA-256.
    }
  }

  /** The cell's voltage after a minute of 1C from 50 % at 25 °C, V. */
  static double probeVolts(CellParameters cell, P2dOptions options) {
    P2dModel model = P2dModel.of(cell, options);
    P2dState state = model.newState(0.5, 298.15);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    double amps = cell.nominalCapacityAmpHours();
    for (int i = 0; i < 30; i++) {
      var unused =
          P2dStepper.step(model, state, P2dControl.CURRENT, amps, 2.0, 298.15, workspace, outputs);
    }
    return outputs.voltageVolts;
  }
}
