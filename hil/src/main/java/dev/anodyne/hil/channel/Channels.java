package dev.anodyne.hil.channel;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All channels of a plant, in a fixed order. Look an index up by name once; {@link #get}, {@link
 * #read(int)} and {@link #readAll} allocate nothing. For the plant's thread only.
 */
public final class Channels {
  private final Channel[] channels;
  private final List<String> names;
  private final Map<String, Integer> indices = new HashMap<>();

  /** Channels in this order; two of the same name are a bug. */
  public Channels(Collection<Channel> all) {
    channels = all.toArray(Channel[]::new);
    names = all.stream().map(Channel::name).toList();
    for (int i = 0; i < channels.length; i++) {
      if (indices.put(channels[i].name(), i) != null) {
        throw new IllegalArgumentException("Channel " + channels[i].name() + " is there twice.");
      }
    }
  }

  public int count() {
    return channels.length;
  }

  /** All names, in the order of the indices. */
  public List<String> names() {
    return names;
  }

  public boolean has(String name) {
    return indices.containsKey(name);
  }

  /**
   * The index of a name.
   *
   * @throws IllegalArgumentException when there is no such channel; names one that is alike
   */
  public int index(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new IllegalArgumentException(
          "Channel '"
              + name
              + "' is not known; 'anodyne hil channels' lists all "
              + channels.length
              + "."
              + alike(name).map(other -> "\nMaybe '" + other + "' is meant.").orElse(""));
    }
    return index;
  }

  public Channel get(int index) {
    return channels[index];
  }

  /**
   * The channel of a name.
   *
   * @throws IllegalArgumentException when there is no such channel
   */
  public Channel named(String name) {
    return channels[index(name)];
  }

  /** The present value of one channel. */
  public double read(int index) {
    return channels[index].read();
  }

  /**
   * The present values of some channels.
   *
   * @param which indices
   * @param into values in the same order; Modified.
   */
  public void readAll(int[] which, double[] into) {
    for (int i = 0; i < which.length; i++) {
      into[i] = channels[which[i]].read();
    }
  }

  /** Puts forced states back to their values; the plant's owner calls it before each step. */
  public void hold() {
    for (Channel channel : channels) {
      channel.hold();
    }
  }

  /** Ends all forcing. */
  public void releaseAll() {
    for (Channel channel : channels) {
      channel.release();
    }
  }

  /** The name with the most in common at its beginning and end. */
  private Optional<String> alike(String name) {
    return names.stream()
        .max(Comparator.comparingInt(other -> common(other, name)))
        .filter(other -> 2 * common(other, name) >= Math.max(other.length(), name.length()));
  }

  private static int common(String a, String b) {
    int most = Math.min(a.length(), b.length());
    int front = 0;
    while (front < most && Character.toLowerCase(a.charAt(front)) == lower(b, front)) {
      front++;
    }
    int back = 0;
    while (back < most - front
        && lower(a, a.length() - 1 - back) == lower(b, b.length() - 1 - back)) {
      back++;
    }
    return front + back;
  }

  private static char lower(String text, int at) {
    return Character.toLowerCase(text.charAt(at));
  }
}
