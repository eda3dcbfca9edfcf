package dev.anodyne.controller.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a session's state.
 *
 * @param connector where
 * @param charge the charge's id; null when none ran
 * @param time UTC
 * @param state into which
 * @param reason why, for people; may be empty
 */
public record StateRow(
    String connector, @Nullable String charge, Instant time, String state, String reason) {}
