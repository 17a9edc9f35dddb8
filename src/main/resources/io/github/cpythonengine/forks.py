"""The child of os.fork() has no JVM around it any more.

Given by Java: java_is_gone(), which makes it refuse calls from now on.
"""

import os
import sys


def install():
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=java_is_gone)  # noqa: F821 (given by Java)


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
