package dev.anodyne.core.charging;

/**
 * What a charge must respect, for one cell of the battery: the tightest of policy, vehicle, charger
 * and station.
 *
 * @param maxChargeCurrentAmps cell current limit, A, ≥ 0
 * @param maxVoltageVolts cell voltage limit, V
 * @param maxTemperatureKelvin cell temperature limit, K
 * @param minAnodePotentialVolts margin that the anode potential's lower bound must keep, V
 * @param targetSoc the charge ends here, 0–1
 * @param maxPowerWatts cell power limit, W; +∞ when there is none
 * @param maxRampAmpsPerSecond largest rate of change of the cell current, A/s; +∞ when there is
 *     none
 * @param ambientTemperatureKelvin temperature the cell cools towards, K
 */
public record ChargeLimits(
    double maxChargeCurrentAmps,
    double maxVoltageVolts,
    double maxTemperatureKelvin,
    double minAnodePotentialVolts,
    double targetSoc,
    double maxPowerWatts,
    double maxRampAmpsPerSecond,
    double ambientTemperatureKelvin) {}
