package io.github.cpythonengine.capi;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;

/** Asks the platform for the size of the calling thread's stack. */
final class StackSize {

    private StackSize() {}

    /** In bytes; 0 when the platform does not tell. */
    static long ofThisThread() {
        try {
            if (Platform.isLinux()) {
                return linux();
            }
            return Platform.isMac() ? mac() : 0;
        } catch (UnsatisfiedLinkError e) {
            return 0; // a C library without the function
        }
    }

    private static long linux() {
        NativeLibrary process = NativeLibrary.getProcess();
        Pointer self = process.getFunction("pthread_self").invokePointer(new Object[0]);
        Memory attributes = new Memory(256); // a pthread_attr_t has 56 bytes on glibc, 56 on musl
        if (process.getFunction("pthread_getattr_np").invokeInt(new Object[] {self, attributes}) != 0) {
            return 0;
        }
        PointerByReference lowest = new PointerByReference();
        NativeLongByReference size = new NativeLongByReference(new NativeLong(0));
        process.getFunction("pthread_attr_getstack").invokeInt(new Object[] {attributes, lowest, size});
        process.getFunction("pthread_attr_destroy").invokeInt(new Object[] {attributes});
        return size.getValue().longValue();
    }

    private static long mac() {
        NativeLibrary process = NativeLibrary.getProcess();
        Pointer self = process.getFunction("pthread_self").invokePointer(new Object[0]);
        return process.getFunction("pthread_get_stacksize_np").invokeLong(new Object[] {self});
    }
}
