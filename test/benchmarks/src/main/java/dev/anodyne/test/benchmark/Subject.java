package dev.anodyne.test.benchmark;

import java.util.Map;

/**
 * A benchmark method with its parameters.
 *
 * @param type the class
 * @param method the method
 * @param parameters values of its parameters
 */
record Subject(Class<?> type, String method, Map<String, String> parameters) {
  Subject {
    parameters = Map.copyOf(parameters);
  }

  static Subject of(Class<?> type, String method) {
    return new Subject(type, method, Map.of());
  }

  /** JMH's name of it, as a pattern that matches nothing else. */
  String pattern() {
    return "^" + (type.getName() + "." + method).replace(".", "\\.") + "$";
  }
}
