/**
 * One charge of one battery, in plain Java: status image in, estimate, limits, policy, guard,
 * command out. Nothing here reads the wall clock or knows Vert.x; time comes with each call, so the
 * same images give the same commands again.
 */
@NullMarked
package dev.anodyne.controller.session;

import org.jspecify.annotations.NullMarked;
