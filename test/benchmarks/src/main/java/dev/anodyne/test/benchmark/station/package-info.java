/**
 * A whole station under load: simulated chargers with full cells in one process, {@code anodyne
 * serve} in another, and here a few browsers and API clients who look at it. Nothing of the server
 * is replaced or told that it is being measured.
 */
@NullMarked
package dev.anodyne.test.benchmark.station;

import org.jspecify.annotations.NullMarked;
