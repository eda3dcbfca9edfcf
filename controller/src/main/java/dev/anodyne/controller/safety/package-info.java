/**
 * The last word on the current. The guard judges by measurement, status and limits alone: it knows
 * neither estimator nor policy, and it can only lower what they ask for. {@code docs/safety.md}
 * lists every rule with its test. It is not a safety function: fuses, contactors, the battery's
 * management and the charger's own protection are.
 */
@NullMarked
package dev.anodyne.controller.safety;

import org.jspecify.annotations.NullMarked;
