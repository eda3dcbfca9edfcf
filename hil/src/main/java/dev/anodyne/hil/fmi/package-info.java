/**
 * Functional mock-up units for co-simulation (FMI 2.0 and 3.0): a battery of somebody else's in
 * place of the simulated one, and the simulated one for somebody else's tool. The C interface is
 * called through JNA; nothing of the standard's own files is needed.
 */
@NullMarked
package dev.anodyne.hil.fmi;

import org.jspecify.annotations.NullMarked;
