"""What is set once in the process when Python starts, and done when the JVM ends."""

import os
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
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_give_signals_back)


def _give_signals_back():
    """In a forked child the JVM's handlers wake threads that are not there: SIGTERM would do nothing."""
    import signal

    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


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
