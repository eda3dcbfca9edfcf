package dev.anodyne.controller.session;

/**
 * What people are told about a session.
 *
 * @param title the connector's or battery's name
 * @param cell name of the cell
 * @param policy name of the policy
 * @param estimator name of the estimator
 * @param goalSoc state of charge that is shown as the goal, 0–1; not a number shows the loop's own
 *     target. They differ where a bench ends the charge by its truth and the loop aims further
 */
public record About(String title, String cell, String policy, String estimator, double goalSoc) {
  /** A session whose goal is the loop's target. */
  public About(String title, String cell, String policy, String estimator) {
    this(title, cell, policy, estimator, Double.NaN);
  }

  /** The same with a goal of its own. */
  public About withGoalSoc(double soc) {
    return new About(title, cell, policy, estimator, soc);
  }
}
