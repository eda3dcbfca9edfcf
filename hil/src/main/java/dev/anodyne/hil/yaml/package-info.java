/**
 * Reading the bench's own YAML files: scenarios and descriptions of controllers. Every value knows
 * file and line, so that a complaint says where, what stands there and what is allowed.
 */
@NullMarked
package dev.anodyne.hil.yaml;

import org.jspecify.annotations.NullMarked;
