package dev.anodyne.controller.lab.recording;

import dev.anodyne.controller.lab.Adaptation;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.ClosedLoopRun;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.session.LoopEvent;
import dev.anodyne.controller.session.recording.Machine;
import dev.anodyne.controller.session.recording.RecordingHeader;
import dev.anodyne.controller.session.recording.RecordingWriter;
import dev.anodyne.mpc.lp.DecisionTape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one charge in process: listens to its loop, and writes the file when the charge
 * is over (about 0.3 kB a decision until then).
 */
public final class ChargeRecording implements Consumer<LoopEvent> {
  /** The file's name beside {@code trace.csv}. */
  public static final String FILE = "recording.jsonl.gz";

  /** Every how many decisions a recording keeps the whole plan. */
  private static final int PLAN_STRIDE = 10;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
  private final RecordingWriter writer;

  private ChargeRecording(RecordingHeader header, @Nullable DecisionTape tape) throws IOException {
    writer = new RecordingWriter(bytes, header, PLAN_STRIDE, tape);
  }

  /**
   * Begins the recording of a charge.
   *
   * @param setup what the controller knows, as the loop is made of it
   * @param cellSource the name or file that the cell was loaded from
   * @param battery what was known about the battery; null when nobody keeps that
   */
  public static ChargeRecording of(
      ChargeSetup setup, String cellSource, @Nullable Adaptation battery) throws IOException {
    return of(setup, cellSource, battery, 0L, null);
  }

  /**
   * The same for a policy under a deadline.
   *
   * @param deadlineNanos the deadline, ns
   * @param tape the policy's clock
   */
  public static ChargeRecording of(
      ChargeSetup setup,
      String cellSource,
      @Nullable Adaptation battery,
      long deadlineNanos,
      @Nullable DecisionTape tape)
      throws IOException {
    return new ChargeRecording(
        new RecordingHeader(
            Machine.here(),
            ClosedLoopRun.sessionSettings(setup),
            ClosedLoopRun.guardSettings(setup),
            RecordedParts.write(setup, cellSource, battery, deadlineNanos)),
        tape);
  }

  @Override
  public void accept(LoopEvent event) {
    writer.accept(event);
  }

  /** Ends the recording and writes it to a folder, complete or not at all. */
  public void write(Path directory) throws IOException {
    writer.close();
    OutputFiles.write(directory.resolve(FILE), bytes.toByteArray());
  }
}
