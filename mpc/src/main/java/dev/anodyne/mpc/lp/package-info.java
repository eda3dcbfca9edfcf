/**
 * Linear programs behind one small interface.
 *
 * <p>The controller solves the same problem again and again with other numbers, so a program has a
 * fixed shape, is made once and keeps its basis between solves. Whoever solves it looks at the
 * status before reading a value; a number that is not finite never reaches a solver.
 */
@NullMarked
package dev.anodyne.mpc.lp;

import org.jspecify.annotations.NullMarked;
