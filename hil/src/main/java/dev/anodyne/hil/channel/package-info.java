/**
 * The plant by names: every quantity of battery, charger, sensors and surroundings is a channel
 * with a unit that can be read, and forced to another value, while the plant runs.
 *
 * <p>{@link dev.anodyne.hil.channel.PlantChannels} makes them. Triggers, checks, stimuli and
 * recordings look a channel up by its name once and use it by its index afterwards: reading
 * allocates nothing. All of it belongs to the plant's thread.
 */
@NullMarked
package dev.anodyne.hil.channel;

import org.jspecify.annotations.NullMarked;
