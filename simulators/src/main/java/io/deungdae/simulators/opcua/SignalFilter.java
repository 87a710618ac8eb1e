package io.deungdae.simulators.opcua;

import io.deungdae.simulators.plant.Signal;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilter;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilterContext;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** Answers reads of one variable from the plant's snapshot and hands writes to the plant. */
final class SignalFilter implements AttributeFilter {

  private final PlantAccess plant;
  private final int index;
  private final Signal signal;

  SignalFilter(PlantAccess plant, int index) {
    this.plant = plant;
    this.index = index;
    this.signal = plant.signals().get(index);
  }

  @Override
  public @Nullable Object getAttribute(AttributeFilterContext context, AttributeId attribute) {
    return attribute == AttributeId.Value ? value() : context.getAttribute(attribute);
  }

  @Override
  public @Nullable Object readAttribute(AttributeFilterContext context, AttributeId attribute)
      throws UaException {
    return attribute == AttributeId.Value ? value() : context.readAttribute(attribute);
  }

  @Override
  public void writeAttribute(
      AttributeFilterContext context, AttributeId attribute, @Nullable Object written)
      throws UaException {
    if (attribute != AttributeId.Value) {
      context.writeAttribute(attribute, written);
      return;
    }
    long refusal = refusal(plant.write(signal, number(written)));
    if (refusal != StatusCode.GOOD.getValue()) {
      throw new UaException(refusal);
    }
  }

  private DataValue value() {
    PlantAccess.Snapshot snapshot = plant.snapshot();
    double value = snapshot.value(index);
    Variant variant =
        switch (signal.kind()) {
          case NUMBER -> Variant.ofDouble(value);
          case WHOLE -> Variant.ofInt32((int) value);
          case FLAG -> Variant.ofBoolean(value != 0);
        };
    DateTime source = new DateTime(snapshot.time());
    return new DataValue(variant, StatusCode.GOOD, source, DateTime.now());
  }

  private static double number(@Nullable Object written) throws UaException {
    Object value = written instanceof DataValue data ? data.value().value() : null;
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    throw new UaException(StatusCodes.Bad_TypeMismatch);
  }

  private static long refusal(WriteAnswer answer) {
    return switch (answer) {
      case ACCEPTED -> StatusCode.GOOD.getValue();
      case OUT_OF_RANGE -> StatusCodes.Bad_OutOfRange;
      case REFUSED -> StatusCodes.Bad_UserAccessDenied;
      case NO_ANSWER -> StatusCodes.Bad_Timeout;
    };
  }
}
