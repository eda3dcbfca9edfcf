/**
 * What a charging policy is, as data: which law, which objective, which limits of its own, which
 * tuning.
 *
 * <p>A {@link dev.anodyne.mpc.spec.PolicySpec} says everything that a policy does, and nothing
 * about the battery it meets. It has a digest of its content, so that a result can state which
 * policy made it. How a specification is written in a file is not known here; {@link
 * dev.anodyne.mpc.spec.Setting} lists what can be set, for readers, schemas and searches alike.
 */
@NullMarked
package dev.anodyne.mpc.spec;

import org.jspecify.annotations.NullMarked;
