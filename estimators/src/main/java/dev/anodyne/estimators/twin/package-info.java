/**
 * The digital twin: the electrochemical model run on the measured current and corrected by what the
 * measured voltage and temperature say.
 *
 * <p>A joint filter weighs the causes that a deviation of the voltage can have (parameters, a grown
 * film, the start, the sensors, a lasting error of the model) by exact tangents of the model, for
 * several widths of what batteries are like at once. A charge that is joined under load is begun
 * from the pasts that fit it. Watches refuse or flag samples that are frozen, contradict each other
 * or cannot be.
 */
@NullMarked
package dev.anodyne.estimators.twin;

import org.jspecify.annotations.NullMarked;
