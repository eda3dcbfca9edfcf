package dev.anodyne.controller.lab.study;

import dev.anodyne.core.cell.CellParameters;

/**
 * What to study.
 *
 * @param cell parameters that the controller believes in, heat transfer included
 * @param policy name, or a policy file
 * @param estimator name, or a model file
 * @param heatTransferWattsPerM2Kelvin that the controller believes in
 * @param batteries how many; each is charged twice
 * @param firstBattery number of the first one
 * @param periodSeconds time between decisions, s
 * @param seed of all that is drawn
 */
public record StudyRequest(
    CellParameters cell,
    String policy,
    String estimator,
    double heatTransferWattsPerM2Kelvin,
    int batteries,
    int firstBattery,
    double periodSeconds,
    long seed) {}
