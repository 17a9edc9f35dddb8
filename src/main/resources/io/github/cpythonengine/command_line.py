"""What the python command does around a script, a text or a module."""

import os
import sys

_HERE = "cpython-engine/command_line.py"


class CommandLine:
    @staticmethod
    def begin():
        """Takes the descriptors of the process as streams; True when standard input is a terminal."""
        # by lines also into a pipe or a file, so that the order of Python's and Java's output is kept
        first = [stream._before for stream in (sys.stdin, sys.stdout, sys.stderr)]
        for stream in first[1:]:
            if stream is not None:
                stream.reconfigure(line_buffering=True)
        sys.stdin, sys.stdout, sys.stderr = first
        sys.__stdin__, sys.__stdout__, sys.__stderr__ = first
        _be_the_main_thread()
        return sys.stdin is not None and sys.stdin.isatty()

    @staticmethod
    def prepare_prompt():
        sys.argv = [""]
        sys.path.insert(0, "")

    @staticmethod
    def run(kind, target, inspect, verbose, *arguments):
        """Runs it; the exit code."""
        sys.argv = ["-c" if kind == "code" else "-m" if kind == "module" else target or "", *arguments]
        try:
            _KINDS[kind](target)
        except BaseException as error:
            code = _uncaught(error, inspect)
            _end_if_forked(code)
            if verbose and not isinstance(error, SystemExit):
                raise
            return code
        _end_if_forked(0)
        return 0

    @staticmethod
    def wait_for_threads():
        """Those that are no daemons."""
        threading = sys.modules["threading"]
        for function in reversed(list(getattr(threading, "_threading_atexits", ()))):
            function()
        ours = (threading.current_thread(), threading.main_thread())
        while True:
            others = [it for it in threading.enumerate() if it not in ours and not it.daemon]
            if not others:
                return
            others[0].join()

    @staticmethod
    def end(code):
        """What an ending process does: runs exit functions, flushes; the exit code."""
        import atexit

        atexit._run_exitfuncs()
        try:
            if sys.stdout is not None and not sys.stdout.closed:
                sys.stdout.flush()
        except Exception as error:
            print(f"Exception ignored while flushing sys.stdout:\n{error!r}", file=sys.stderr)
            return code or 120
        return code


def _end_if_forked(code):
    """A child made by os.fork() has only this thread of the JVM and must not go back to Java."""
    if os.getpid() != _process:
        CommandLine.wait_for_threads()
        os._exit(CommandLine.end(code))


_process = os.getpid()


def _main():
    return sys.modules["__main__"].__dict__


def _file(path):
    if os.path.isdir(path) or _is_zip(path):
        import runpy

        sys.path.insert(0, path)
        runpy._run_module_as_main("__main__", alter_argv=False)
        return
    full = os.path.abspath(path)
    try:
        with open(full, "rb") as file:
            source = file.read()
    except OSError as error:
        reason = f"[Errno {error.errno}] {error.strerror}"
        print(f"{sys.executable}: can't open file {full!r}: {reason}", file=sys.stderr)
        raise SystemExit(2) from None
    from importlib.machinery import SourceFileLoader

    sys.path.insert(0, os.path.dirname(os.path.realpath(path)))
    names = _main()
    names["__file__"] = full
    names["__cached__"] = None
    names["__loader__"] = SourceFileLoader("__main__", full)
    exec(compile(source, full, "exec", 0, True), names)


def _is_zip(path):
    if path.endswith(".py"):
        return False
    import zipfile

    return zipfile.is_zipfile(path)


def _code(text):
    sys.path.insert(0, "")
    if sys.version_info >= (3, 13):
        import linecache

        linecache.cache["<string>"] = (len(text), None, text.splitlines(True), "<string>")
    exec(compile(text, "<string>", "exec", 0, True), _main())


def _module(name):
    import runpy

    sys.path.insert(0, os.getcwd())
    runpy._run_module_as_main(name)


def _stdin(_):
    sys.path.insert(0, "")
    exec(compile(sys.stdin.buffer.read(), "<stdin>", "exec", 0, True), _main())


_KINDS = {"file": _file, "code": _code, "module": _module, "stdin": _stdin}


def _uncaught(error, inspect):
    """Says it as Python does; the exit code."""
    if isinstance(error, SystemExit) and not inspect:
        return exit_code(error)
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == _HERE:
        trace = trace.tb_next
    error.__traceback__ = trace
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, trace
    sys.last_exc = error
    try:
        sys.excepthook(type(error), error, trace)
    except SystemExit as exit:
        return exit_code(exit)
    except BaseException as second:
        print("Error in sys.excepthook:", file=sys.stderr)
        sys.__excepthook__(type(second), second, second.__traceback__.tb_next)
        print("\nOriginal exception was:", file=sys.stderr)
        sys.__excepthook__(type(error), error, trace)
    return 130 if isinstance(error, KeyboardInterrupt) else 1


def exit_code(error):
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return int(code) & 0xFF if -(1 << 63) <= code < 1 << 63 else 255
    print(code, file=sys.stderr)
    return 1


def _be_the_main_thread():
    """Threads are daemons if the one that starts them is, and one that came from Java is."""
    import threading

    threading.current_thread()._daemonic = False


CommandLine
