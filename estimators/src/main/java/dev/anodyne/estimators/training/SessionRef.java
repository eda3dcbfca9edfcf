package dev.anodyne.estimators.training;

/**
 * Which session of a data set.
 *
 * @param number names the session and fixes its conditions together with the seed
 * @param battery names the battery (cells, ageing, sensors) that is charged
 * @param split what the session is for
 */
record SessionRef(int number, int battery, Split split) {}
