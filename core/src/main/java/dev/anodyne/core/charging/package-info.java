/**
 * The words of charging, shared by every module.
 *
 * <p>Signs and units: charge current is positive everywhere; SI units inside, the unit as a suffix
 * at every boundary; {@code soc} is 0–1. Quantities with {@code cell} in their name belong to one
 * cell, the others to the whole battery at the charger's terminals. The anode potential is φ_s −
 * φ_e at the anode/separator interface in volts against Li/Li⁺: below 0 V lithium plating is
 * possible.
 */
@NullMarked
package dev.anodyne.core.charging;

import org.jspecify.annotations.NullMarked;
