/**
 * The project's own controller on the bench, in the bench's process: the same loop, estimator,
 * policy and guard as in a station, behind the bench's interface for systems under test.
 */
@NullMarked
package dev.anodyne.controller.lab.bench;

import org.jspecify.annotations.NullMarked;
