package io.github.cpythonengine.locate;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Compiles what a start needs, once, right after the bundle was unpacked: it comes without {@code
 * .pyc} files, and where {@code PYTHONDONTWRITEBYTECODE} is set (many containers) Python would
 * compile the same modules, a quarter of a second, in each process anew.
 */
final class BundleWarmUp {
    private static final int TIME_LIMIT_SECONDS = 20;

    private static final String CODE =
            "import ast, collections.abc, contextlib, csv, datetime, decimal, fractions, inspect, json,"
                    + " pathlib, re, threading, traceback, typing, uuid, weakref";

    private BundleWarmUp() {}

    /** Runs the tree's python. That it cannot be run is no failure here. */
    static void run(BundleTree tree) {
        if (tree.executable() == null) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(tree.executable().toString(), "-I", "-c", CODE)
                .directory(tree.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = null;
        try {
            process = builder.start();
            process.getOutputStream().close();
            process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // Then it compiles as it goes.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
