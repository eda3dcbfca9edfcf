package dev.anodyne.core.protocol;

/**
 * How one step of a load ended.
 *
 * @param cycle number of the pass, from 1
 * @param step number of the step, from 1
 * @param text the step as written
 * @param startSeconds when it began, s
 * @param endSeconds when it ended, s
 * @param endedBy the event: a voltage, a current, a duration …; "already at …" when it held from
 *     the first instant
 */
public record StepOutcome(
    int cycle, int step, String text, double startSeconds, double endSeconds, String endedBy) {}
