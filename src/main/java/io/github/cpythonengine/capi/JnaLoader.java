package io.github.cpythonengine.capi;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.Map;

/** Loads by JNA. */
final class JnaLoader implements Loader {

    @Override
    public String name() {
        return "jna";
    }

    @Override
    public void prepare() {
        Native.getNativeSize(long.class); // unpacks and loads JNA's own library
    }

    @Override
    public void preload(String path) {
        load(path);
    }

    @Override
    public boolean isInitialized(String path) {
        return load(path).getFunction("Py_IsInitialized").invokeInt(new Object[0]) != 0;
    }

    @Override
    public CPython open(String path) {
        return new JnaCPython(load(path));
    }

    /** Never closed: JNA would unload it with this class loader, but for the flags. */
    private static NativeLibrary load(String path) {
        Map<String, Object> encoding = Map.of(Library.OPTION_STRING_ENCODING, "UTF-8");
        return NativeLibrary.getInstance(
                path,
                Loader.isWindows()
                        ? encoding
                        : Map.of(
                                Library.OPTION_STRING_ENCODING,
                                "UTF-8",
                                Library.OPTION_OPEN_FLAGS,
                                Loader.openFlags()));
    }
}
