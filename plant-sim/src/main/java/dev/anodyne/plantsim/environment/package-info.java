/**
 * What surrounds the battery: the ambient (or coolant) temperature over time and how well heat gets
 * there.
 */
@NullMarked
package dev.anodyne.plantsim.environment;

import org.jspecify.annotations.NullMarked;
