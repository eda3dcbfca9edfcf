/**
 * What the controller expects to happen: horizons, plans, and the cell model's outputs corrected by
 * what the estimator knows better.
 */
@NullMarked
package dev.anodyne.mpc.prediction;

import org.jspecify.annotations.NullMarked;
