/**
 * Signal temporal logic over recorded channels: what must hold when, as text that a person can read
 * and with a number that says by how much. Formulas are values; {@link StlParser} reads them,
 * {@code toString} prints what the parser reads again, {@link Robustness} judges a {@link Trace}.
 * Semantics after A. Donzé and O. Maler, "Robust satisfaction of temporal logic over real-valued
 * signals" (FORMATS 2010), with the intervals of J. Deshmukh et al., "Robust online monitoring of
 * signal temporal logic" (2017) for what lies past the end of the trace.
 */
@NullMarked
package dev.anodyne.hil.stl;

import org.jspecify.annotations.NullMarked;
