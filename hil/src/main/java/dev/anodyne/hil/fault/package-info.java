/**
 * Faults of the bench's components: the sensors themselves, the charger's electronics and
 * contactors, the cells, and the OPC UA link. {@link dev.anodyne.hil.fault.FaultCatalogue} lists
 * the kinds, {@link dev.anodyne.hil.fault.FaultBench} makes one for a component. When a fault
 * starts, how long it lasts and how often it comes back is for whoever holds it to decide.
 *
 * <p>Randomness comes from the seed that a fault is made with; it never touches another random
 * stream, so that a run with a fault differs from one without only by the fault.
 */
@NullMarked
package dev.anodyne.hil.fault;

import org.jspecify.annotations.NullMarked;
