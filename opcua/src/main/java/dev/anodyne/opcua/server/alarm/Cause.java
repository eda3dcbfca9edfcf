package dev.anodyne.opcua.server.alarm;

/**
 * One reason why an alarm is active. Two causes with the same name are the same cause.
 *
 * @param name what tells it from the alarm's other causes, for example a fault's name
 * @param severity 1 to 1000
 * @param text the same as a sentence, for people
 */
public record Cause(String name, int severity, String text) {}
