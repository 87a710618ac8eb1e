package io.deungdae.kamp;

import io.deungdae.collector.retry.Backoff;
import io.deungdae.kamp.dataset.Card;
import io.deungdae.kamp.dataset.DataFile;
import io.deungdae.kamp.dataset.DataSet;
import io.deungdae.kamp.dataset.DataSetBuilder;
import io.deungdae.kamp.dataset.DataSetSpec;
import io.deungdae.kamp.dataset.Window;
import io.deungdae.kamp.delivery.DeliveryCursor;
import io.deungdae.kamp.delivery.DeliveryException;
import io.deungdae.kamp.delivery.ObjectStore;
import io.deungdae.kamp.delivery.Receipt;
import io.deungdae.kamp.delivery.UsageLedger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one data set, window after window: make it, send its files, send the manifest, enter the
 * receipt, move the cursor. Whatever interrupts it, the same window is taken up again, files that
 * are there are not sent again, and a receipt is entered once. Used by one thread.
 */
final class DataSetJob {

  private static final Logger LOG = LoggerFactory.getLogger(DataSetJob.class);

  private final KampSettings settings;
  private final DataSetSpec spec;
  private final DataSetBuilder builder;
  private final ObjectStore store;
  private final DeliveryCursor cursor;
  private final UsageLedger ledger;
  private final Backoff wait;

  private @Nullable DataSet made;
  private int sent;
  private long waitUntilNs;
  private boolean waiting;
  private long deliveries;
  private long failures;
  private String lastError = "";
  private Optional<KampStatus.Delivery> last = Optional.empty();

  DataSetJob(
      KampSettings settings,
      DataSetSpec spec,
      DataSetBuilder builder,
      ObjectStore store,
      DeliveryCursor cursor,
      UsageLedger ledger,
      DoubleSupplier chance) {
    this.settings = settings;
    this.spec = spec;
    this.builder = builder;
    this.store = store;
    this.cursor = cursor;
    this.ledger = ledger;
    this.wait = new Backoff(settings.retryFirst(), settings.retryLongest(), chance);
  }

  /** Makes a data set or sends one file; true when something was done. */
  boolean tick(Instant now, long nowNs) {
    if (waiting && nowNs - waitUntilNs < 0) {
      return false;
    }
    waiting = false;
    try {
      return advance(now);
    } catch (DeliveryException e) {
      if (e.kind() == DeliveryException.Kind.SPOILT) {
        discard();
      }
      failed(e, nowNs);
    } catch (IOException e) {
      failed(e, nowNs);
    }
    return false;
  }

  private boolean advance(Instant now) throws IOException, DeliveryException {
    DataSet current = made;
    if (current == null) {
      Window window = next(now);
      if (window.to().plus(settings.settle()).isAfter(now)) {
        return false;
      }
      current = builder.build(spec, window);
      made = current;
      sent = 0;
      return true;
    }
    if (sent < current.files().size()) {
      send(current, current.files().get(sent));
      sent++;
      return true;
    }
    if (current.manifest().isPresent()) {
      send(current, current.manifest().get());
    }
    finish(current, now);
    return true;
  }

  /**
   * The window after what has been delivered; it ends where windows of the present length end, so
   * that another length leaves no gap and nothing is delivered twice. The first start is noted too.
   */
  private Window next(Instant now) throws IOException {
    Optional<Instant> done = deliveredTo();
    if (done.isEmpty()) {
      Instant first = Window.holding(now.minus(settings.backfill()), settings.every()).from();
      cursor.advance(spec.name(), first);
      done = Optional.of(first);
    }
    return new Window(done.get(), Window.holding(done.get(), settings.every()).to());
  }

  private Optional<Instant> deliveredTo() {
    Optional<Instant> noted = cursor.deliveredTo(spec.name());
    Optional<Instant> entered = ledger.enteredTo(spec.name());
    if (noted.isPresent() && entered.isPresent()) {
      return noted.get().isAfter(entered.get()) ? noted : entered;
    }
    return noted.or(() -> entered);
  }

  private void send(DataSet dataSet, DataFile file) throws DeliveryException {
    store.put(folder(dataSet) + "/" + file.name(), file.path(), file.contentType(), file.sha256());
  }

  private static String folder(DataSet dataSet) {
    return dataSet.name() + "/" + dataSet.window().path();
  }

  private void finish(DataSet dataSet, Instant now) throws IOException {
    Card card = spec.card();
    String place =
        dataSet.rows() == 0 ? "" : settings.store().bucket() + "/" + prefix() + folder(dataSet);
    String manifest = dataSet.manifest().map(DataFile::sha256).orElse("");
    Window window = dataSet.window();
    ledger.append(
        new Receipt(
            now,
            spec.name(),
            window.from(),
            window.to(),
            dataSet.rows(),
            dataSet.bytes(),
            place,
            manifest,
            card.provider(),
            card.contract(),
            card.licence()));
    cursor.advance(spec.name(), window.to());
    builder.discard(spec, window);
    if (dataSet.rows() > 0) {
      last =
          Optional.of(
              new KampStatus.Delivery(
                  now,
                  window,
                  dataSet.rows(),
                  dataSet.bytes(),
                  place,
                  manifest,
                  dataSet.quality()));
    }
    made = null;
    succeeded();
  }

  private String prefix() {
    String prefix = settings.store().prefix();
    return prefix.isEmpty() ? "" : prefix + "/";
  }

  private void discard() {
    DataSet current = made;
    made = null;
    if (current != null) {
      try {
        builder.discard(spec, current.window());
      } catch (IOException e) {
        LOG.warn("cannot remove a spoilt data set dataset={} error={}", spec.name(), "" + e);
      }
    }
  }

  private void succeeded() {
    if (failures > 0) {
      LOG.info("delivery works again dataset={} failures={}", spec.name(), failures);
    }
    deliveries++;
    failures = 0;
    lastError = "";
    wait.succeeded();
  }

  private void failed(Exception e, long nowNs) {
    if (failures == 0) {
      LOG.warn(
          "delivery failed, will be repeated; check network, keys and bucket dataset={} error={}",
          spec.name(),
          e.getMessage());
    }
    failures++;
    lastError = String.valueOf(e.getMessage());
    waiting = true;
    waitUntilNs = nowNs + wait.nextNs();
  }

  KampStatus.Entry status(Instant now) {
    Optional<Instant> to = deliveredTo();
    Duration lag = to.map(time -> Duration.between(time, now)).orElse(Duration.ZERO);
    return new KampStatus.Entry(
        spec.name(),
        spec.card().title().ko(),
        phase(),
        to,
        lag,
        last,
        deliveries,
        failures,
        lastError);
  }

  private KampStatus.Phase phase() {
    if (waiting) {
      return KampStatus.Phase.RETRYING;
    }
    return made == null ? KampStatus.Phase.COLLECTING : KampStatus.Phase.SENDING;
  }
}
