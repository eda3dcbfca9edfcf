package dev.anodyne.controller.session;

/**
 * A session's names for people.
 *
 * @param title the connector's or battery's name
 * @param cell name of the cell
 * @param policy name of the policy
 * @param estimator name of the estimator
 */
public record About(String title, String cell, String policy, String estimator) {}
