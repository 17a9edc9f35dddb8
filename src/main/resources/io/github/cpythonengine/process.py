"""What is set once in the process when Python starts, and done when the JVM ends."""

import os
import sys
from _thread import get_ident

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
        _give_signals_back_to_forked_children()


def _give_signals_back_to_forked_children():
    """In a child the JVM's handlers wake threads that are not there: SIGTERM would do nothing."""
    import signal

    ended_by = {signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT}
    masks = {}

    def hold():
        masks[get_ident()] = signal.pthread_sigmask(signal.SIG_BLOCK, ended_by)

    def let_go():
        mask = masks.pop(get_ident(), None)
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    def give_back():
        for each in ended_by:
            signal.signal(each, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        let_go()

    os.register_at_fork(before=hold, after_in_parent=let_go, after_in_child=give_back)


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
