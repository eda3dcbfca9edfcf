package dev.anodyne.estimators.network;

import java.util.List;
import java.util.Map;

/**
 * What a person should know before trusting a model. Carries no date, so that the same training
 * writes the same file.
 *
 * @param purpose one sentence
 * @param seed of data and training
 * @param hoursOfData simulated pack hours in training, calibration and test together
 * @param trainingSessions sessions the weights were fitted on
 * @param calibrationSessions sessions the bound was calibrated on
 * @param testSessions sessions the metrics come from
 * @param ranges what the data cover, in words with units
 * @param metrics figures on the test sessions, name with unit → value
 * @param limits what the model does not cover
 */
public record ModelCard(
    String purpose,
    long seed,
    double hoursOfData,
    int trainingSessions,
    int calibrationSessions,
    int testSessions,
    Map<String, String> ranges,
    Map<String, Double> metrics,
    List<String> limits) {}
