package io.deungdae.collector.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object a line, in UTF-8, with all columns in order; an empty cell is null. */
public final class JsonLines implements Table {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator out;
  private final TimeText times;
  private final List<Column> columns;
  private final SerializedString[] names;

  /** A table. Closing it closes {@code out}. */
  public JsonLines(OutputStream out, List<Column> columns, ZoneId zone) throws IOException {
    this.out = JSON.createGenerator(out).setRootValueSeparator(new SerializedString("\n"));
    this.times = new TimeText(zone);
    this.columns = List.copyOf(columns);
    this.names =
        columns.stream().map(c -> new SerializedString(c.name())).toArray(SerializedString[]::new);
  }

  @Override
  public void add(@Nullable Object[] cells) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < cells.length; i++) {
      out.writeFieldName(names[i]);
      write(columns.get(i).type(), cells[i]);
    }
    out.writeEndObject();
  }

  private void write(Column.Type type, @Nullable Object cell) throws IOException {
    if (cell instanceof Long time && type == Column.Type.TIME) {
      out.writeString(times.of(time));
    } else if (cell instanceof Double number && Double.isFinite(number)) {
      out.writeNumber(number);
    } else if (cell instanceof Long number) {
      out.writeNumber(number);
    } else if (cell instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (cell instanceof String text) {
      out.writeString(text);
    } else {
      out.writeNull();
    }
  }

  @Override
  public void close() throws IOException {
    out.writeRaw('\n');
    out.close();
  }
}
