"""
NumPy's functions that factor a matrix (inv, solve, det): OpenBLAS wants some megabytes of stack for that when it uses
several threads, and ends the process when they are not there. On a thread of Java's, which has one megabyte, they run
on a thread that is made for it. All others get along with half a megabyte.
"""

# ruff: noqa: F821 (functions given by Java)
import os
from _thread import allocate_lock, start_new_thread, stack_size
from contextvars import copy_context
from functools import wraps

_FUNCTIONS = "inv", "solve", "solve1", "det", "slogdet"

# OpenBLAS factors smaller matrices on one thread, which takes little stack
_SMALL = 64

_ENOUGH = 8 << 20
_AMPLE = 16 << 20

_making = allocate_lock()

_in_child = False


def _without_java():
    # whose thread may be Java's, and nobody can tell; another thread may have held the lock
    global _in_child, _making
    _in_child = True
    _making = allocate_lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_without_java)


def guard(module):
    """Replaces the functions of numpy.linalg._umath_linalg."""
    for name in _FUNCTIONS:
        function = getattr(module, name, None)
        if function is not None and not hasattr(function, "__wrapped__"):
            setattr(module, name, _on_ample_stack(function))


def _on_ample_stack(function):
    @wraps(function, updated=())
    def call(matrices, *args, **options):
        if matrices.shape[-1] >= _SMALL and (_in_child or 0 < stack_of_this_thread() < _ENOUGH):
            return _hop(function, (matrices, *args), options)
        return function(matrices, *args, **options)

    return call


def _hop(function, args, options):
    context = copy_context()  # NumPy's error handling is part of it
    done = allocate_lock()
    done.acquire()
    outcome = []

    def work():
        try:
            outcome.append(context.run(function, *args, **options))
        except BaseException as error:
            outcome.append(error)
            outcome.append(None)
        finally:
            done.release()

    with _making:
        before = stack_size(_AMPLE)
        try:
            start_new_thread(work, ())
        finally:
            stack_size(before)
    done.acquire()
    if len(outcome) == 2:
        try:
            raise outcome[0]
        finally:
            del outcome[:]
    return outcome[0]
