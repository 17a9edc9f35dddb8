package io.github.cpythonengine.capi;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A loaded library and its symbols. By {@code dlopen} itself where there is one: the JDK's own way
 * loads without {@code RTLD_GLOBAL}, and then no C extension module finds libpython's symbols.
 */
final class SharedLibrary {

    private static final SymbolLookup STANDARD = Linker.nativeLinker().defaultLookup();

    private final SymbolLookup symbols;

    private SharedLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /**
     * Loads a library for good.
     *
     * @throws UnsatisfiedLinkError with the loader's own words
     */
    static SharedLibrary open(String path) {
        if (Loader.isWindows()) {
            try {
                return new SharedLibrary(SymbolLookup.libraryLookup(Path.of(path), Arena.global()));
            } catch (IllegalArgumentException e) {
                throw new UnsatisfiedLinkError(e.getMessage());
            }
        }
        return new SharedLibrary(Posix.open(path));
    }

    /** What all libraries of the process offer. */
    static SharedLibrary process() {
        return new SharedLibrary(Loader.isWindows() ? STANDARD : Posix.process());
    }

    /** The address of a function or variable, if there is one. */
    Optional<MemorySegment> find(String symbol) {
        return symbols.find(symbol);
    }

    /** @throws UnsatisfiedLinkError when there is none of this name */
    MemorySegment function(String name) {
        return find(name).orElseThrow(() -> new UnsatisfiedLinkError("undefined symbol: " + name));
    }

    /** {@code dlfcn.h}. */
    private static final class Posix {

        private static final MemorySegment OPEN = STANDARD.find("dlopen").orElseThrow();
        private static final MemorySegment SYMBOL = STANDARD.find("dlsym").orElseThrow();
        private static final MemorySegment ERROR = STANDARD.find("dlerror").orElseThrow();

        static SymbolLookup open(String path) {
            long handle;
            try (Arena arena = Arena.ofConfined()) {
                handle = Downcalls.invoke(OPEN, arena.allocateFrom(path).address(), Loader.openFlags());
            }
            if (handle == 0) {
                throw new UnsatisfiedLinkError(Memory.ALL.getString(Downcalls.invoke(ERROR)));
            }
            return lookup(handle);
        }

        static SymbolLookup process() {
            boolean apple = System.getProperty("os.name").startsWith("Mac");
            return lookup(apple ? -2 : 0); // RTLD_DEFAULT
        }

        private static SymbolLookup lookup(long handle) {
            return name -> {
                try (Arena arena = Arena.ofConfined()) {
                    long found = Downcalls.invoke(
                            SYMBOL, handle, arena.allocateFrom(name).address());
                    return found == 0 ? Optional.empty() : Optional.of(MemorySegment.ofAddress(found));
                }
            };
        }
    }
}
