/**
 * Objectives beside minimum time: arrive at the target by a departure at least ageing or at least
 * cost, and heat or cool the battery where the charger offers it.
 *
 * <p>A long-term planner looks hours ahead on tables of the cell model and answers with a cap of
 * the current and a heating power. Whatever policy stands behind it decides within that cap and
 * keeps every fast limit: the planner can only tighten.
 */
@NullMarked
package dev.anodyne.mpc.objective;

import org.jspecify.annotations.NullMarked;
