package io.deungdae.simulators.opcua;

import io.deungdae.simulators.plant.Cycle;
import io.deungdae.simulators.plant.Cyclic;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Signal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way from protocol servers to a plant that one thread steps. That thread calls {@link #tick};
 * any other reads the latest {@link Snapshot} and hands in writes, which the plant's thread makes
 * before its next step. At most 256 writes wait; one more is answered {@link
 * WriteAnswer#NO_ANSWER}.
 */
public final class PlantAccess {

  private static final int MOST_WAITING = 256;
  private static final long PATIENCE_MS = 1000;

  private final Plant plant;
  private final List<Signal> signals;
  private final ArrayBlockingQueue<Request> requests = new ArrayBlockingQueue<>(MOST_WAITING);
  private final List<BlockingQueue<Cycle>> followers = new CopyOnWriteArrayList<>();
  private volatile Snapshot latest;

  /** To a plant, at the wall-clock time {@code now}. From here on only {@link #tick} touches it. */
  public PlantAccess(Plant plant, Instant now) {
    this.plant = plant;
    this.signals = plant.signals();
    this.latest = read(now);
    if (plant instanceof Cyclic machine) {
      machine.listen(cycle -> followers.forEach(queue -> drop(queue.offer(cycle))));
    }
  }

  /** A cycle for which a follower has no room is lost to it. */
  private static void drop(boolean taken) {}

  /** Name of the plant. */
  public String name() {
    return plant.name();
  }

  /** True when the plant is a machine that works in cycles. */
  public boolean cyclic() {
    return plant instanceof Cyclic machine && machine.cyclic();
  }

  /** Every cycle from now on, in order; at most 256 wait, one more is lost. Any thread. */
  BlockingQueue<Cycle> follow() {
    BlockingQueue<Cycle> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    followers.add(queue);
    return queue;
  }

  /** Ends {@link #follow}. Any thread. */
  void leave(BlockingQueue<Cycle> queue) {
    followers.remove(queue);
  }

  /** The plant's signals; a snapshot's values are in this order. */
  public List<Signal> signals() {
    return signals;
  }

  /** The latest values. Any thread. */
  public Snapshot snapshot() {
    return latest;
  }

  /**
   * Makes the waiting writes, lets {@code seconds} of plant time pass and publishes the values as
   * of {@code now}. The plant's thread only.
   */
  public void tick(double seconds, Instant now) {
    serve();
    plant.step(seconds);
    latest = read(now);
  }

  /**
   * Writes as soon as the plant's thread comes by; waits for it at most a second. Any other thread.
   */
  public WriteAnswer write(Signal signal, double value) {
    if (!signal.writable()) {
      return WriteAnswer.REFUSED;
    }
    if (!(value >= signal.low() && value <= signal.high())) {
      return WriteAnswer.OUT_OF_RANGE;
    }
    Request request = new Request(signal, value);
    return requests.offer(request) ? request.await() : WriteAnswer.NO_ANSWER;
  }

  private void serve() {
    for (Request request = requests.poll(); request != null; request = requests.poll()) {
      request.make(plant);
    }
  }

  private Snapshot read(Instant now) {
    double[] values = new double[signals.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = plant.read(signals.get(i));
    }
    return new Snapshot(values, now);
  }

  /** All values of a plant at one time. Immutable. */
  public static final class Snapshot {

    private final double[] values;
    private final Instant time;

    private Snapshot(double[] values, Instant time) {
      this.values = values;
      this.time = time;
    }

    /** Value of the signal at an index of {@link PlantAccess#signals}. */
    public double value(int index) {
      return values[index];
    }

    /** The same values, said to be of another time. */
    Snapshot at(Instant other) {
      return new Snapshot(values, other);
    }

    /** When it was so. */
    public Instant time() {
      return time;
    }
  }

  /** One waiting write; whoever claims it first, the plant or the impatient writer, decides. */
  private static final class Request {

    private final Signal signal;
    private final double value;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<WriteAnswer> answer = new CompletableFuture<>();

    Request(Signal signal, double value) {
      this.signal = signal;
      this.value = value;
    }

    void make(Plant plant) {
      if (claimed.compareAndSet(false, true)) {
        answer.complete(plant.write(signal, value) ? WriteAnswer.ACCEPTED : WriteAnswer.REFUSED);
      }
    }

    WriteAnswer await() {
      try {
        return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        boolean withdrawn = claimed.compareAndSet(false, true);
        return withdrawn ? WriteAnswer.NO_ANSWER : answer.join(); // being made this moment
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        boolean withdrawn = claimed.compareAndSet(false, true);
        return withdrawn ? WriteAnswer.NO_ANSWER : answer.join();
      } catch (ExecutionException e) {
        throw new AssertionError("an answer never fails", e);
      }
    }
  }
}
