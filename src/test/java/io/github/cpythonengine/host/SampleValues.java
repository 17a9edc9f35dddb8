package io.github.cpythonengine.host;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.time.temporal.TemporalField;
import java.time.temporal.TemporalUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Scanner;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values to call methods on and with. */
final class SampleValues {

    static final Map<Class<?>, Supplier<?>> RECEIVERS = new HashMap<>();
    static final Map<Class<?>, Supplier<?>> ARGUMENTS = new HashMap<>();

    private SampleValues() {}

    private static <T> void receiver(Class<T> type, Supplier<? extends T> sample) {
        RECEIVERS.put(type, sample);
    }

    private static <T> void argument(Class<T> type, Supplier<? extends T> sample) {
        ARGUMENTS.put(type, sample);
    }

    private static List<String> texts() {
        return List.of("b", "a", "c");
    }

    static {
        receiver(ArrayList.class, () -> new ArrayList<>(texts()));
        receiver(LinkedList.class, () -> new LinkedList<>(texts()));
        receiver(ArrayDeque.class, () -> new ArrayDeque<>(texts()));
        receiver(PriorityQueue.class, () -> new PriorityQueue<>(texts()));
        receiver(HashSet.class, () -> new HashSet<>(texts()));
        receiver(TreeSet.class, () -> new TreeSet<>(texts()));
        receiver(CopyOnWriteArrayList.class, () -> new CopyOnWriteArrayList<>(texts()));
        receiver(HashMap.class, () -> new HashMap<>(Map.of("a", 1)));
        receiver(LinkedHashMap.class, () -> new LinkedHashMap<>(Map.of("a", 1)));
        receiver(TreeMap.class, () -> new TreeMap<>(Map.of("a", 1, "b", 2)));
        receiver(ConcurrentHashMap.class, () -> new ConcurrentHashMap<>(Map.of("a", 1)));
        receiver(Optional.class, () -> Optional.of("a"));
        receiver(OptionalInt.class, () -> OptionalInt.of(5));
        receiver(BitSet.class, () -> BitSet.valueOf(new long[] {5}));
        receiver(StringJoiner.class, () -> new StringJoiner(",").add("a"));
        receiver(Scanner.class, () -> new Scanner("1 b"));
        receiver(UUID.class, () -> new UUID(1, 2));
        receiver(Date.class, () -> new Date(5_000));
        receiver(Locale.class, () -> Locale.ROOT);
        receiver(CompletableFuture.class, () -> CompletableFuture.completedFuture("a"));
        receiver(AtomicInteger.class, () -> new AtomicInteger(5));
        receiver(AtomicLong.class, () -> new AtomicLong(5));
        receiver(Stream.class, () -> Stream.of("b", "a"));
        receiver(IntStream.class, () -> IntStream.of(2, 1));
        receiver(DoubleStream.class, () -> DoubleStream.of(2, 1.5));
        receiver(LocalDate.class, () -> LocalDate.of(2020, 1, 31));
        receiver(LocalTime.class, () -> LocalTime.of(1, 2, 3, 4_000));
        receiver(LocalDateTime.class, () -> LocalDateTime.of(2020, 1, 31, 1, 2, 3, 4));
        receiver(ZonedDateTime.class, () -> ZonedDateTime.of(2020, 1, 31, 1, 2, 3, 0, ZoneId.of("Europe/Paris")));
        receiver(OffsetDateTime.class, () -> OffsetDateTime.of(2020, 1, 31, 1, 2, 3, 0, ZoneOffset.UTC));
        receiver(Instant.class, () -> Instant.ofEpochSecond(5, 6));
        receiver(Duration.class, () -> Duration.ofSeconds(5, 6));
        receiver(Period.class, () -> Period.of(1, 2, 3));
        receiver(Year.class, () -> Year.of(2020));
        receiver(YearMonth.class, () -> YearMonth.of(2020, 2));
        receiver(MonthDay.class, () -> MonthDay.of(2, 28));
        receiver(ZoneOffset.class, () -> ZoneOffset.ofHours(1));
        receiver(ByteBuffer.class, () -> ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
        receiver(CharBuffer.class, () -> CharBuffer.wrap("abc".toCharArray()));
        receiver(IntBuffer.class, () -> IntBuffer.wrap(new int[] {1, 2, 3}));
        receiver(DecimalFormat.class, () -> new DecimalFormat("#,##0.0", new DecimalFormatSymbols(Locale.ROOT)));
        receiver(SimpleDateFormat.class, () -> new SimpleDateFormat("yyyy", Locale.ROOT));
        receiver(MessageFormat.class, () -> new MessageFormat("{0} a", Locale.ROOT));
        receiver(BigDecimal.class, () -> new BigDecimal("12.50"));
        receiver(BigInteger.class, () -> BigInteger.valueOf(12));

        argument(int.class, () -> 1);
        argument(long.class, () -> 2L);
        argument(short.class, () -> (short) 1);
        argument(byte.class, () -> (byte) 1);
        argument(double.class, () -> 1.5);
        argument(float.class, () -> 1.5f);
        argument(boolean.class, () -> true);
        argument(char.class, () -> 'a');
        argument(String.class, () -> "a");
        argument(CharSequence.class, () -> "a");
        argument(Object.class, () -> "a");
        argument(Comparable.class, () -> "a");
        argument(Number.class, () -> 5);
        argument(int[].class, () -> new int[] {3, 1, 2});
        argument(long[].class, () -> new long[] {3, 1, 2});
        argument(double[].class, () -> new double[] {3, 1.5});
        argument(byte[].class, () -> new byte[] {3, 1, 2});
        argument(char[].class, () -> new char[] {'b', 'a'});
        argument(Object[].class, () -> new Object[] {"b", "a"});
        argument(String[].class, () -> new String[] {"b", "a"});
        argument(Collection.class, () -> new ArrayList<>(texts()));
        argument(List.class, () -> new ArrayList<>(texts()));
        argument(Set.class, () -> new HashSet<>(texts()));
        argument(Map.class, () -> new HashMap<>(Map.of("a", 1)));
        argument(Iterable.class, SampleValues::texts);
        argument(Iterator.class, () -> texts().iterator());
        argument(Comparator.class, Comparator::naturalOrder);
        argument(Locale.class, () -> Locale.ROOT);
        argument(Charset.class, () -> StandardCharsets.UTF_8);
        argument(ZoneId.class, () -> ZoneOffset.UTC);
        argument(TemporalUnit.class, () -> ChronoUnit.DAYS);
        argument(TemporalField.class, () -> ChronoField.DAY_OF_MONTH);
        argument(TemporalAmount.class, () -> Period.ofDays(1));
        argument(MathContext.class, () -> MathContext.DECIMAL32);
        argument(ParsePosition.class, () -> new ParsePosition(0));
        argument(NumberFormat.class, () -> NumberFormat.getInstance(Locale.ROOT));
        argument(Class.class, () -> String.class);
    }
}
