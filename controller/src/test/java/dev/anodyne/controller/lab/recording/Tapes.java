package dev.anodyne.controller.lab.recording;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.ClosedLoopRun;
import dev.anodyne.controller.lab.PlantChoice;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Makes and bends recordings for tests. */
final class Tapes {
  static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);

  private Tapes() {}

  static ChargeSetup setup(String policy, String estimator, double toSoc) {
    return new ChargeSetup(
        CELL,
        PackLayout.SINGLE_CELL,
        policy,
        estimator,
        0.1,
        toSoc,
        298.15,
        40,
        4.2,
        318.15,
        3,
        1,
        1);
  }

  /** A real charge, recorded; returns the file. */
  static Path charge(ChargeSetup setup, Path folder) throws IOException, InterruptedException {
    ChargeRecording recording = ChargeRecording.of(setup, "lgm50", null);
    var unused =
        ClosedLoopRun.run(
            setup,
            PlantChoice.of("mismatch", setup),
            "test",
            Progress.NONE,
            measurement -> {},
            recording);
    recording.write(folder);
    return folder.resolve(ChargeRecording.FILE);
  }

  static List<String> lines(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  static Path write(List<String> lines, Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
