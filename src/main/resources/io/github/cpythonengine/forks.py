"""The child of os.fork() has no JVM around it any more."""

import os
import sys

# of a PyMethodDef: its size, and where the pointer to its function is
_SIZE = 32
_FUNCTION = 8


_in_child = None


def install(definitions, slots, refusal, flag):
    """
    definitions: memory with PyMethodDefs of functions of Java, more to come; refusal: the address of a
    function that raises; slots: memory with one pointer each, and what it is to be; flag: what tells Java that it is in
    a child.
    """
    global _in_child
    _in_child = flag

    def without_java():
        flag[0] = 1
        for some in definitions:
            for at in range(_FUNCTION, len(some), _SIZE):
                some[at : at + len(refusal)] = refusal
        for slot, harmless in slots:
            slot[:] = harmless

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=without_java)


def run(statements, expression, names):
    """The value of the expression; does not return in a child that was forked meanwhile."""
    try:
        if statements is not None:
            exec(statements, names)
        value = None if expression is None else eval(expression, names)
    except BaseException as error:
        if _in_child[0]:
            end(error)
        raise
    if _in_child[0]:
        end(None)
    return value


def end(error):
    """Ends the process as the end of a script does."""
    code = 0
    try:
        if isinstance(error, SystemExit):
            code = _exit_code(error.code)
        elif error is not None:
            code = 1
            _show(error)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _exit_code(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _show(error):
    if isinstance(error, BaseException):
        import traceback

        traceback.print_exception(type(error), error, error.__traceback__)
    else:
        print(error, file=sys.stderr)
