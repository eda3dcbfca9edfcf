/**
 * The open-loop optimum of a whole charge: the fastest current over time that a cell model allows
 * within the limits of a charge, found by successive linear programming over all of it. It is what
 * controllers are measured against, not a controller: it knows the cell and never looks at it.
 */
@NullMarked
package dev.anodyne.mpc.optimum;

import org.jspecify.annotations.NullMarked;
