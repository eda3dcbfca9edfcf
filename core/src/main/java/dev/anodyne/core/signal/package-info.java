/** Sensor-error models, shared by the plant and by training. */
@NullMarked
package dev.anodyne.core.signal;

import org.jspecify.annotations.NullMarked;
