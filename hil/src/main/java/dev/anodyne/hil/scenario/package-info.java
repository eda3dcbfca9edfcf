/**
 * Scenarios: what is done to a plant and its controller, and what must hold. A scenario is a YAML
 * file or a table; {@link ScenarioReader} reads it, {@link ScenarioRun} lets it happen, {@link
 * Judge} says what came of it. Nothing here knows any controller but through {@link
 * dev.anodyne.hil.sut.SystemUnderTest}.
 */
@NullMarked
package dev.anodyne.hil.scenario;

import org.jspecify.annotations.NullMarked;
