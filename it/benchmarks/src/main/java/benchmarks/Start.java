package benchmarks;

/** W13: a process from its start to the first result; without a script, the JVM alone. */
public final class Start {

    private Start() {}

    public static void main(String[] scripts) throws Exception {
        for (String script : scripts) {
            System.out.println(Workload.newEngine().eval(script));
        }
    }
}
