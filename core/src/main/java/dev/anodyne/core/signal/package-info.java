/**
 * Sensor-error models, shared by the plant and by training.
 *
 * <p>A {@link dev.anodyne.core.signal.SensorModel} says what is wrong with a sensor; a {@link
 * dev.anodyne.core.signal.Sensor} carries its memory (lag, delay line, held value) and its own
 * random stream. Every stream is derived from one seed, so a run repeats bit for bit. Readings
 * allocate nothing once a sensor is made.
 */
@NullMarked
package dev.anodyne.core.signal;

import org.jspecify.annotations.NullMarked;
