package dev.anodyne.controller.storage;

/**
 * A value of an OPC UA variable.
 *
 * @param variable identifier of the variable's node
 * @param timeMicros its source timestamp, µs since 1970 UTC
 * @param value NaN when there is none
 * @param status its OPC UA status code
 */
record HistoryValue(String variable, long timeMicros, double value, long status) implements Entry {}
