package dev.anodyne.controller.config;

import dev.anodyne.opcua.model.TagMapping;
import java.time.Duration;
import java.util.Optional;

/**
 * One model of charger, as its mapping file describes it.
 *
 * @param name what people call it; empty for the project's own address space
 * @param mapping where and how it says and takes what the tags mean
 * @param staleness how long its heartbeat may stand still; empty: the usual time
 */
public record ChargerModel(String name, TagMapping mapping, Optional<Duration> staleness) {}
