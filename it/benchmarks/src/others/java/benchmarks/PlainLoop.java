package benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * Does the work of a row with one bridge, again and again in a plain loop. Arguments: the bridge, the row, how many
 * operations there are in the work, seconds to warm up. Prints medians in nanoseconds for one operation: this
 * thread's processor time, and the time that passed, each with the least and the most; nothing when the bridge cannot
 * do it. W13 evaluates once and prints the value.
 */
public final class PlainLoop {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BATCHES = 11;
    private static final long BATCH_NANOS = 100_000_000;

    private PlainLoop() {}

    public static void main(String[] arguments) throws Exception {
        Bridge bridge = Bridge.open(arguments[0]);
        if (arguments[1].equals("W13")) {
            System.out.println(bridge.eval("6 * 7"));
            System.exit(0);
        }
        Bridge.Work work = bridge.work(arguments[1]);
        if (work != null) {
            System.out.println(
                    measure(work, Integer.parseInt(arguments[2]), (long) (Double.parseDouble(arguments[3]) * 1e9)));
        }
        System.exit(0);
    }

    private static String measure(Bridge.Work work, int operations, long warmUpNanos) throws Exception {
        long begin = System.nanoTime();
        long batch = 1;
        do {
            long batchBegin = System.nanoTime();
            for (long i = 0; i < batch; i++) {
                work.run();
            }
            long taken = System.nanoTime() - batchBegin;
            batch = Math.max(1, taken < BATCH_NANOS / 2 ? batch * 2 : batch * BATCH_NANOS / taken);
        } while (System.nanoTime() - begin < warmUpNanos);
        double[] processor = new double[BATCHES];
        double[] passed = new double[BATCHES];
        for (int k = 0; k < BATCHES; k++) {
            long processorBegin = THREADS.getCurrentThreadCpuTime();
            long passedBegin = System.nanoTime();
            for (long i = 0; i < batch; i++) {
                work.run();
            }
            passed[k] = (System.nanoTime() - passedBegin) / (double) batch / operations;
            processor[k] = (THREADS.getCurrentThreadCpuTime() - processorBegin) / (double) batch / operations;
        }
        return text(processor) + '\t' + text(passed);
    }

    private static String text(double[] times) {
        Arrays.sort(times);
        return String.format(Locale.ROOT, "%.1f\t%.1f\t%.1f", times[BATCHES / 2], times[0], times[BATCHES - 1]);
    }
}
