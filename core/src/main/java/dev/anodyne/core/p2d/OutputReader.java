package dev.anodyne.core.p2d;

/** Reads the outputs from a state's raw values. */
final class OutputReader {
  private OutputReader() {}

  static void read(P2dModel m, double[] y, P2dOutputs o) {
    StateLayout l = m.layout;
    double amps = y[l.current];
    o.chargeCurrentAmps = amps;
    o.voltageVolts = volts(m, y);
    o.anodePotentialVolts = Border.anodePotential(m, y);
    o.temperatureKelvin = y[StateLayout.T];
    o.anodeStoichiometry = m.mean(y, m.anode);
    o.cathodeStoichiometry = m.mean(y, m.cathode);
    o.soc = m.cell().socOfAnode(o.anodeStoichiometry);
    o.anodeSurfaceStoichiometry = meanSurface(m, m.anode, y);
    o.cathodeSurfaceStoichiometry = meanSurface(m, m.cathode, y);
    o.anodeSurfaceStoichiometryAtSeparator = surfaceAtSeparator(m, y);
    o.electrolyteAtAnodeCollectorMolPerM3 = y[StateLayout.C];
    o.electrolyteAtCathodeCollectorMolPerM3 = y[StateLayout.C + m.grid.nodes - 1];
    o.lossToSeiAmpHours = SideLoss.seiAmpHours(m, y);
    o.lossToPlatingAmpHours = SideLoss.platingAmpHours(m, y);
    o.deadLithiumAmpHours = SideLoss.deadAmpHours(m, y);
  }

  /** Terminal voltage, V. */
  static double volts(P2dModel m, double[] y) {
    double amps = y[m.layout.current];
    return y[m.layout.phiS + m.grid.nodes - 1]
        + amps / m.cell().electrodeAreaM2() * m.endResistance
        + amps * m.cell().seriesResistanceOhm();
  }

  private static double meanSurface(P2dModel m, Side side, double[] y) {
    double sum = 0;
    double total = 0;
    for (int i = side.from; i < side.to; i++) {
      sum += m.grid.width[i] * Particles.surface(m, side, y, i);
      total += m.grid.width[i];
    }
    return sum / total;
  }

  static double surfaceAtSeparator(P2dModel m, double[] y) {
    double x = 0;
    for (int k = 0; k < 3; k++) {
      x += m.grid.faceWeights[k] * Particles.surface(m, m.anode, y, m.grid.anodeNodes - 3 + k);
    }
    return x;
  }
}
