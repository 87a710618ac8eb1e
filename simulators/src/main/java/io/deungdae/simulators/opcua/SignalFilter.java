package io.deungdae.simulators.opcua;

import io.deungdae.simulators.plant.Signal;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilter;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilterContext;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * Answers reads of one variable from the server's view of the plant and hands writes to the plant.
 */
final class SignalFilter implements AttributeFilter {

  private final PlantView view;
  private final int index;
  private final Signal signal;

  SignalFilter(PlantView view, int index) {
    this.view = view;
    this.index = index;
    this.signal = view.plant().signals().get(index);
  }

  @Override
  public @Nullable Object getAttribute(AttributeFilterContext context, AttributeId attribute) {
    return attribute == AttributeId.Value ? view.value(index) : context.getAttribute(attribute);
  }

  @Override
  public @Nullable Object readAttribute(AttributeFilterContext context, AttributeId attribute)
      throws UaException {
    return attribute == AttributeId.Value ? view.value(index) : context.readAttribute(attribute);
  }

  @Override
  public void writeAttribute(
      AttributeFilterContext context, AttributeId attribute, @Nullable Object written)
      throws UaException {
    if (attribute != AttributeId.Value) {
      context.writeAttribute(attribute, written);
      return;
    }
    if (view.refusal().isBad()) {
      throw new UaException(view.refusal());
    }
    long refusal = refusal(view.plant().write(signal, number(written)));
    if (refusal != StatusCode.GOOD.getValue()) {
      throw new UaException(refusal);
    }
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
