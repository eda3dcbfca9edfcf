package dev.anodyne.core.p2d;

import dev.anodyne.core.charging.SolveStatus;

/** Implicit time steps of one cell. Static kernels: inputs first, output last. */
public final class P2dStepper {
  private P2dStepper() {}

  /**
   * One step of fixed length, solved implicitly (sub-stepped inside where the error asks for it).
   *
   * @param model Not modified.
   * @param state Modified: the state at the end of the step; unchanged when the status is not
   *     usable.
   * @param control which quantity is held
   * @param value its value in A, V or W
   * @param dtSeconds length of the step, s
   * @param ambientKelvin ambient temperature, K
   * @param workspace Modified.
   * @param outputs Modified: values at the end of the step.
   */
  public static SolveStatus step(
      P2dModel model,
      P2dState state,
      P2dControl control,
      double value,
      double dtSeconds,
      double ambientKelvin,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    throw new UnsupportedOperationException("under construction");
  }
}
