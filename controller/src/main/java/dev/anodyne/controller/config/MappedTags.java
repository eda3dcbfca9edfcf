package dev.anodyne.controller.config;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import java.util.Map;

/**
 * What a mapping file says about single tags; both maps may be added to.
 *
 * @param bindings the tags with a node
 * @param constants the tags with a value of their own, in the tag's unit
 */
record MappedTags(Map<ChargerTag, TagBinding> bindings, Map<ChargerTag, Double> constants) {}
