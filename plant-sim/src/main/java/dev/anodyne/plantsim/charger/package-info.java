/**
 * The charger's power electronics: current loop, ramp and voltage limits, expiry of commands,
 * losses, and the ways in which a charger can misbehave.
 */
@NullMarked
package dev.anodyne.plantsim.charger;

import org.jspecify.annotations.NullMarked;
