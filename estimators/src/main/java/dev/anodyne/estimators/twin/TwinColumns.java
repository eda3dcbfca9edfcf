package dev.anodyne.estimators.twin;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The twin's signals as columns, one for each number that {@link TwinSignals} and what it consists
 * of hold, in the order of their names. They are found by reflection so that no signal that the
 * twin gains can be missing from training data: features are made from these columns when data are
 * read. Not for the loop.
 */
public final class TwinColumns {
  private static final String PREFIX = "Twin ";
  private static final List<Slot> SLOTS = slots(new TwinSignals(), PREFIX, List.of());

  /** A number: the fields that lead to it, and its place when the last of them is an array. */
  private record Slot(String title, List<Field> path, int index) {}

  private TwinColumns() {}

  /** How many there are. */
  public static int count() {
    return SLOTS.size();
  }

  /** The columns' names in files; a field's name carries its unit. */
  public static List<String> titles() {
    return SLOTS.stream().map(Slot::title).toList();
  }

  /** Copies the signals into {@code values} from {@code at} on. */
  public static void read(TwinSignals signals, double[] values, int at) {
    for (int i = 0; i < SLOTS.size(); i++) {
      values[at + i] = get(SLOTS.get(i), signals);
    }
  }

  /** Sets the signals to {@code values} from {@code at} on. */
  public static void write(float[] values, int at, TwinSignals signals) {
    for (int i = 0; i < SLOTS.size(); i++) {
      set(SLOTS.get(i), signals, values[at + i]);
    }
  }

  private static List<Slot> slots(Object owner, String prefix, List<Field> path) {
    List<Slot> slots = new ArrayList<>();
    Field[] fields = owner.getClass().getDeclaredFields();
    Arrays.sort(fields, Comparator.comparing(Field::getName));
    for (Field field : fields) {
      if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
        continue;
      }
      List<Field> own = new ArrayList<>(path);
      own.add(field);
      String title = prefix + field.getName();
      Class<?> type = field.getType();
      if (type == double.class || type == boolean.class || type == int.class) {
        slots.add(new Slot(title, own, -1));
      } else if (type == double[].class) {
        for (int i = 0; i < Array.getLength(value(field, owner)); i++) {
          slots.add(new Slot(title + " " + i, own, i));
        }
      } else {
        slots.addAll(slots(value(field, owner), title + " ", own));
      }
    }
    if (slots.isEmpty()) {
      throw new IllegalStateException(owner.getClass() + " cannot be kept in training data.");
    }
    return List.copyOf(slots);
  }

  private static double get(Slot slot, TwinSignals signals) {
    Object owner = owner(slot, signals);
    Field last = slot.path.get(slot.path.size() - 1);
    try {
      if (slot.index >= 0) {
        return ((double[]) value(last, owner))[slot.index];
      }
      Class<?> type = last.getType();
      return type == boolean.class ? (last.getBoolean(owner) ? 1 : 0) : last.getDouble(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // Signals have no private fields.
    }
  }

  private static void set(Slot slot, TwinSignals signals, double value) {
    Object owner = owner(slot, signals);
    Field last = slot.path.get(slot.path.size() - 1);
    try {
      if (slot.index >= 0) {
        ((double[]) value(last, owner))[slot.index] = value;
      } else if (last.getType() == boolean.class) {
        last.setBoolean(owner, value != 0);
      } else if (last.getType() == int.class) {
        last.setInt(owner, (int) value);
      } else {
        last.setDouble(owner, value);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // Signals have no private fields.
    }
  }

  private static Object owner(Slot slot, TwinSignals signals) {
    Object owner = signals;
    for (int i = 0; i < slot.path.size() - 1; i++) {
      owner = value(slot.path.get(i), owner);
    }
    return owner;
  }

  private static Object value(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e); // Signals have no private fields.
    }
  }
}
