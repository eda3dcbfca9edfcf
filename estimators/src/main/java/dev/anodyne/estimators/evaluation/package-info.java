/**
 * How good an estimator is, seen from outside: nothing here knows how an estimate was made, so that
 * physics, networks and both together are measured with one ruler.
 */
@NullMarked
package dev.anodyne.estimators.evaluation;

import org.jspecify.annotations.NullMarked;
