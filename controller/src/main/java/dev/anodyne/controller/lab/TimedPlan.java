package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.PlanAhead;

/**
 * A plan and when it was made: the predicted fan of one decision.
 *
 * @param timeSeconds on the run's clock, as the trace's rows, s
 * @param plan what was intended and predicted
 */
public record TimedPlan(double timeSeconds, PlanAhead plan) {}
