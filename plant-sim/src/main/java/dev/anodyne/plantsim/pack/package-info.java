/**
 * The battery: P2D cells in series and parallel, each a little different, and the types in which
 * their true state is told. Nothing here is ever known to a controller.
 */
@NullMarked
package dev.anodyne.plantsim.pack;

import org.jspecify.annotations.NullMarked;
