"""What is set once in the process when Python starts, and done when the JVM ends."""

import sys

_first_streams = (sys.__stdout__, sys.__stderr__)


def keep_signals_of_the_jvm():
    """The JVM uses SIGSEGV and others for itself: faulthandler would end it at the next one."""
    import faulthandler

    faulthandler.disable()

    def enable(*args, **kwargs):
        import warnings

        warnings.warn(
            "faulthandler.enable() does nothing inside a JVM, which needs these signals itself",
            RuntimeWarning,
            stacklevel=2,
        )

    faulthandler.enable = enable


def exit():
    """What Py_Finalize does for scripts, without ending the interpreter."""
    import atexit

    try:
        atexit._run_exitfuncs()
    finally:
        for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__, *_first_streams):
            try:
                stream.flush()
            except Exception:
                pass
