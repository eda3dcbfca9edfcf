/**
 * How a charger looks over OPC UA: its tags with type, engineering unit and range in one table,
 * from which a server builds its nodes and a client its default mapping, and the translation
 * between tag values and the vocabulary of charging.
 */
@NullMarked
package dev.anodyne.opcua.model;

import org.jspecify.annotations.NullMarked;
