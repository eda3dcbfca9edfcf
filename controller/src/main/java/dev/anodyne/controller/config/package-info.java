/**
 * The station's configuration: one YAML file, one record per part, validated before anything
 * starts. A key that nobody knows is an error, and every error names the file, the line, the key,
 * its value and what is allowed.
 */
@NullMarked
package dev.anodyne.controller.config;

import org.jspecify.annotations.NullMarked;
