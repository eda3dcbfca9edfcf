/**
 * A thousand chargers over encrypted OPC UA, towards SCADA systems and towards chargers. Server and
 * clients run in processes of their own, so that the processor time of each is known; {@link
 * dev.anodyne.test.benchmark.opcua.OpcUaFigures} starts them and makes lines of what they tell.
 */
@NullMarked
package dev.anodyne.test.benchmark.opcua;

import org.jspecify.annotations.NullMarked;
