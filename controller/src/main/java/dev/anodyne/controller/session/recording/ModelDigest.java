package dev.anodyne.controller.session.recording;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells models and files apart. */
public final class ModelDigest {
  private static final double SOC = 0.4;
  private static final int STEPS = 10;

  private ModelDigest() {}

  /**
   * Of what the model of a cell computes: the state after ten steps of one second at 1C. Any
   * parameter, any change of the model's code and any difference of the machine's arithmetic shows.
   */
  public static String of(CellParameters cell, double ambientKelvin) {
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL);
    P2dState state = model.newState(SOC, ambientKelvin);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    for (int i = 0; i < STEPS; i++) {
      P2dStepper.controlStep(
          model,
          state,
          P2dControl.CURRENT,
          cell.nominalCapacityAmpHours(),
          1.0,
          ambientKelvin,
          workspace,
          outputs);
    }
    return Digest.of(state);
  }

  /** Of a file's bytes, in hexadecimal digits. */
  public static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream counted =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      counted.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(counted.getMessageDigest().digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
