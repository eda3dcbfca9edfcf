/**
 * The truth: a battery of P2D cells with production spread, the charger's electronics, sensors and
 * surroundings, in simulated time.
 *
 * <p>{@link dev.anodyne.plantsim.ChargingPlant} is the way in. What a controller may see comes from
 * {@link dev.anodyne.plantsim.ChargingPlant#measure}; what is true comes from {@link
 * dev.anodyne.plantsim.ChargingPlant#truth} and is for judging only.
 */
@NullMarked
package dev.anodyne.plantsim;

import org.jspecify.annotations.NullMarked;
