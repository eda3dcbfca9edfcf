package dev.anodyne.hil.scenario;

/**
 * A channel that is driven along a course.
 *
 * @param channel what is forced
 * @param course its values over the time since the trigger, in the channel's unit
 * @param trigger when it begins
 * @param untilSeconds how long after its begin it is released, s; +∞ for never
 */
public record Stimulus(String channel, Course course, Trigger trigger, double untilSeconds) {}
