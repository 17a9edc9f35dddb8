package benchmarks;

/** A Java object that scripts call. */
public final class Host {

    public int next(int n) {
        return n + 1;
    }
}
