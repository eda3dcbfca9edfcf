package dev.anodyne.controller.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted, of alarms or of the audit; the newest come first.
 *
 * @param owner only those of this connector or of {@code Station}; null: of all. The audit has none
 * @param from at or after; null: any time
 * @param to before; null: any time
 * @param page how many, and where to go on
 */
public record EventQuery(
    @Nullable String owner, @Nullable Instant from, @Nullable Instant to, PageRequest page) {}
