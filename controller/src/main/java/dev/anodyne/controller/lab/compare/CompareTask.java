package dev.anodyne.controller.lab.compare;

/**
 * One charge of a comparison.
 *
 * @param scenario what is charged
 * @param contender who charges
 * @param key digest of everything that decides about the result
 */
record CompareTask(Scenario scenario, Contender contender, String key) {}
