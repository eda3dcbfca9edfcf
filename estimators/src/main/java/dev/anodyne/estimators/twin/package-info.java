/**
 * The digital twin: the electrochemical model run on the measured current and corrected by what the
 * measured voltage and temperature say.
 */
@NullMarked
package dev.anodyne.estimators.twin;

import org.jspecify.annotations.NullMarked;
