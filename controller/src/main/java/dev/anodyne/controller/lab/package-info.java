/**
 * The laboratory: closed-loop runs in process, on a simulated plant, with the controller's own
 * estimator, policy, guard and loop.
 *
 * <p>A run knows two things that a station never does: the truth (anode potential of the lowest
 * cell) and what would have happened under another policy. From them come {@code trace.csv}, {@code
 * summary.json}, the comparison table and {@code report.html}. Nothing here serves a real charger.
 * Files are complete or absent: they are written beside their place and renamed.
 */
@NullMarked
package dev.anodyne.controller.lab;

import org.jspecify.annotations.NullMarked;
