package dev.anodyne.opcua.server;

import java.lang.reflect.Array;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** Whether values that a client sends stay within the limits of arrays and texts. */
final class ValueSizes {
  /** Values in values; none of the models here has any. */
  private static final int DEEPEST = 4;

  private final int arrayLength;
  private final int textLength;

  ValueSizes(ServerLimits limits) {
    arrayLength = limits.get(ServerLimit.ARRAY_LENGTH);
    textLength = limits.get(ServerLimit.STRING_LENGTH);
  }

  /** True when the value and all within it is short enough. */
  boolean fits(@Nullable Object value) {
    return fits(value, 0);
  }

  private boolean fits(@Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      return false;
    } else if (value instanceof Variant variant) {
      return fits(variant.value(), depth + 1);
    } else if (value instanceof DataValue data) {
      return fits(data.value(), depth + 1);
    } else if (value instanceof Matrix matrix) {
      return fits(matrix.getElements(), depth + 1);
    } else if (value instanceof String text) {
      return text.length() <= textLength;
    } else if (value instanceof ByteString bytes) {
      return bytes.length() <= textLength;
    } else if (value instanceof LocalizedText text) {
      return fits(text.text(), depth + 1);
    } else if (value instanceof QualifiedName name) {
      return fits(name.name(), depth + 1);
    } else if (value instanceof ExtensionObject extension) {
      return fits(extension.getBody(), depth + 1);
    }
    return value == null || !value.getClass().isArray() || fitsArray(value, depth);
  }

  private boolean fitsArray(Object array, int depth) {
    if (Array.getLength(array) > arrayLength) {
      return false;
    }
    if (array instanceof Object[] elements) {
      for (Object element : elements) {
        if (!fits(element, depth + 1)) {
          return false;
        }
      }
    }
    return true;
  }
}
