package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.PlatingData;

/**
 * What a sub-step holds fixed, as functions of the state at its beginning, linearised: dead-lithium
 * rate, porosity and transport efficiency; and the salt concentration that its end takes over.
 *
 * <pre>γ = γ₀ L₀/L,   ε = ε₀ − a (L − L₀) − V̄_Li (c_Li + c_dead),   δB = B n δε/ε,   c₊ = c ε/ε₊
 * </pre>
 */
final class SlowTangent {
  private final P2dModel m;

  /** Whether anything of it depends on the state at all. */
  final boolean active;

  /** ∂γ/∂L. */
  final double[] deadThickness;

  /** ∂ε/∂L and ∂ε/∂c_Li (c_dead is the same); 0 when the porosity does not change. */
  final double porosityThickness;

  final double porosityMetal;

  /** ∂B/∂ε relative to B, at the anode's nodes. */
  final double[] transportPorosity;

  /** Commit: ∂c₊/∂c, ∂c₊/∂ε, ∂c₊/∂ε₊. */
  final double[] saltKept;

  final double[] saltStart;
  final double[] saltEnd;

  SlowTangent(P2dModel model) {
    m = model;
    int na = model.grid.anodeNodes;
    PlatingData plating = model.plating;
    active = model.porosityChanges || (model.sei != null && plating != null);
    porosityThickness = model.porosityChanges ? -model.anode.area : 0;
    porosityMetal = model.porosityChanges && plating != null ? -plating.molarVolumeM3() : 0;
    deadThickness = new double[na];
    transportPorosity = new double[na];
    saltKept = new double[na];
    saltStart = new double[na];
    saltEnd = new double[na];
  }

  /** Linearises at a sub-step. */
  void linearise(SubStepRecord r) {
    double[] c = r.y[r.y.length - 1];
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      deadThickness[i] = m.sei == null ? 0 : -r.deadRate[i] / r.thickness[i];
      if (m.porosityChanges) {
        transportPorosity[i] = m.anodeTransportExponent / r.porosity[i];
        double kept = r.porosity[i] / r.endPorosity[i];
        double salt = c[StateLayout.C + i];
        saltKept[i] = kept;
        saltStart[i] = salt / r.endPorosity[i];
        saltEnd[i] = -salt * kept / r.endPorosity[i];
      }
    }
  }
}
