package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.PlatingModel;
import dev.anodyne.core.cell.SeiModel;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which side reactions, and by which model. */
final class AgeingOptions {
  @Option(
      names = "--ageing",
      paramLabel = "MODE",
      defaultValue = "none",
      description = "${COMPLETION-CANDIDATES}. Default: none.")
  Ageing ageing = Ageing.NONE;

  @Option(
      names = "--sei-model",
      paramLabel = "MODEL",
      description =
          "What limits the growth of the SEI: ${COMPLETION-CANDIDATES}. Default: the cell's.")
  @Nullable SeiModel seiModel;

  @Option(
      names = "--plating-model",
      paramLabel = "MODEL",
      description =
          "What becomes of plated lithium: ${COMPLETION-CANDIDATES}. Default: the cell's.")
  @Nullable PlatingModel platingModel;

  /** The cell with the chosen models; refused when its set lacks what the ageing needs. */
  CellParameters choose(CellParameters cell) {
    boolean sei = ageing == Ageing.SEI || ageing == Ageing.FULL;
    boolean plating = ageing == Ageing.PLATING || ageing == Ageing.FULL;
    CellParameters chosen = cell;
    SeiModel s = seiModel;
    if (s != null) {
      requireAgeing("--sei-model", s.toString(), sei, "sei or full");
      chosen = InputException.checking("--sei-model", () -> cell.withSeiModel(s));
    }
    PlatingModel p = platingModel;
    if (p != null) {
      requireAgeing("--plating-model", p.toString(), plating, "plating or full");
      CellParameters before = chosen;
      chosen = InputException.checking("--plating-model", () -> before.withPlatingModel(p));
    }
    if (sei) {
      requireData(chosen, "SEI", chosen.missingSeiKeys());
    }
    if (plating) {
      requireData(chosen, "plating", chosen.missingPlatingKeys());
    }
    return chosen;
  }

  private void requireAgeing(String option, String value, boolean given, String needed) {
    if (!given) {
      throw new InputException(
          option
              + ": "
              + value
              + " has nothing to act on with ageing "
              + name()
              + "; allowed: with --ageing "
              + needed
              + ".\nMaybe add --ageing full.");
    }
  }

  private void requireData(CellParameters cell, String what, List<String> missing) {
    if (!missing.isEmpty()) {
      throw new InputException(
          "--ageing: "
              + name()
              + " needs "
              + what
              + " data, of which cell "
              + cell.name()
              + " lacks "
              + String.join(", ", missing)
              + ".\nMaybe use --ageing none, the cell lgm50, or add them under User-defined.");
    }
  }

  private String name() {
    return ageing.name().toLowerCase(Locale.ROOT);
  }
}
