/**
 * Cell parameters: what a cell is made of. {@link dev.anodyne.core.cell.CellParameters} is the
 * immutable whole, loaded from a shipped set or a BPX file and varied for production spread and
 * ageing; {@link dev.anodyne.core.cell.ElectrodeBalance} ties stoichiometries, open-circuit voltage
 * and state of charge together; {@link dev.anodyne.core.cell.Curve} holds a property as a fast
 * smooth table. SI units, stoichiometry 0–1, electrolyte concentration in mol/m³.
 */
@NullMarked
package dev.anodyne.core.cell;

import org.jspecify.annotations.NullMarked;
