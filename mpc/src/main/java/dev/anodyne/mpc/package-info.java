/**
 * Model-predictive charging policies and the ladder they fall back on.
 *
 * <p>A policy sees a belief about the weakest cell and the limits in force, and answers with one
 * current and the plan behind it. Everything here is deterministic: the same sequence of estimates
 * and limits gives the same decisions, bit for bit, as long as no deadline is enforced.
 */
@NullMarked
package dev.anodyne.mpc;

import org.jspecify.annotations.NullMarked;
