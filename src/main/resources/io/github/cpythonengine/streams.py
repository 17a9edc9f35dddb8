"""sys.stdout, sys.stderr and sys.stdin as the Writers and the Reader of the run in progress.

Given by Java: java_write(stream, text), java_flush(stream), java_read(most), java_read_line(most),
hand_over_run(), take_over_run(token), take_back_run(token). They answer False or None on a thread without a run.
"""

import _thread
import codecs
import io
import os
import sys
from _contextvars import ContextVar

_MOST_KEPT = 8192

# set in the contexts of coroutines that Java waits for: code of several runs takes turns on their thread
run_of_context = ContextVar("cpython-engine run", default=None)

_outputs = ()
_flag = None
_in_child = False


class _Bytes(io.RawIOBase):
    """sys.stdout.buffer: bytes that are UTF-8 text"""

    def __init__(self, text):
        self._text = text
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self):
        return True

    def write(self, data):
        with memoryview(data) as view:
            self._text.write(self._decoder.decode(bytes(view)))
            return view.nbytes

    def flush(self):
        self._text.flush()

    def close(self):
        self.flush()


class _Output(io.TextIOBase):
    encoding = "utf-8"
    errors = "replace"
    newlines = None
    line_buffering = True
    write_through = False
    mode = "w"

    def __init__(self, stream, name, before, fallback):
        self.name = name
        self.buffer = _Bytes(self)
        self._stream = stream
        self._kept = {}
        self._before = before
        self._fallback = fallback

    def write(self, text):
        if type(text) is not str:
            if not isinstance(text, str):
                raise TypeError(f"write() argument must be str, not {type(text).__name__}")
            text = str.__str__(text)
        thread = _thread.get_ident()
        kept = self._kept
        if "\n" in text:
            if thread in kept:
                self._emit(kept.pop(thread) + text)
                _raise_flag()
            else:
                self._emit(text)
        elif run_of_context.get() is not None:
            self._emit(text)  # whose turn it is when the line ends, nobody knows
        elif text:
            text_so_far = kept.get(thread, "") + text
            kept[thread] = text_so_far
            _flag[0] = 1
            if len(text_so_far) > _MOST_KEPT:
                self._pass_on()
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def _pass_on(self):
        text = self._kept.pop(_thread.get_ident(), None)
        _raise_flag()
        if text is not None:
            self._emit(text)

    def _emit(self, text):
        if _in_child:
            self._before.write(text)
        elif not java_write(self._stream, text):  # noqa: F821
            self._fallback.write(text)
            self._fallback.flush()

    def flush(self):
        self._pass_on()
        if _in_child:
            self._before.flush()
        else:
            java_flush(self._stream)  # noqa: F821

    def writable(self):
        return True

    def read(self, size=-1):
        raise io.UnsupportedOperation("not readable")

    readline = read

    def close(self):
        self.flush()

    def detach(self):
        raise io.UnsupportedOperation("the stream belongs to the Java host")

    def reconfigure(self, **options):
        """Encoding and buffering are the Java Writer's business."""

    def fileno(self):
        if _in_child:
            return self._before.fileno()
        raise io.UnsupportedOperation("fileno")

    def __repr__(self):
        return f"<{self.name} of the Java host>"


class _InputBytes(io.RawIOBase):
    """sys.stdin.buffer: the text as UTF-8"""

    def __init__(self, text):
        self._text = text
        self._rest = b""

    def readable(self):
        return True

    def readinto(self, target):
        if not self._rest:
            self._rest = self._text.read_some(len(target)).encode("utf-8", "surrogatepass")
        part = self._rest[: len(target)]
        self._rest = self._rest[len(part) :]
        target[: len(part)] = part
        return len(part)

    def readline(self, limit=-1):
        line = self._rest
        if b"\n" not in line:
            line += self._text.readline().encode("utf-8", "surrogatepass")
        end = line.find(b"\n") + 1 or len(line)
        if limit is not None and 0 <= limit < end:
            end = limit
        self._rest = line[end:]
        return line[:end]


class _Input(io.TextIOBase):
    encoding = "utf-8"
    errors = "strict"
    newlines = None
    line_buffering = False
    mode = "r"
    name = "<stdin>"

    def __init__(self, before):
        self.buffer = _InputBytes(self)
        self._before = before

    def readable(self):
        return True

    def read_some(self, most):
        text = "" if _in_child else java_read(most)  # noqa: F821
        return self._before.read(most) if text is None else text

    def read(self, size=-1):
        parts = []
        left = size if size is not None and size >= 0 else None
        while left is None or left > 0:
            text = self.read_some(8192 if left is None else min(left, 8192))
            if not text:
                break
            parts.append(text)
            if left is not None:
                left -= len(text)
        return "".join(parts)

    def readline(self, size=-1):
        most = -1 if size is None or size < 0 else size
        line = "" if _in_child or most == 0 else java_read_line(most)  # noqa: F821
        return self._before.readline(most) if line is None else line

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def close(self):
        pass

    def __repr__(self):
        return "<<stdin> of the Java host>"


def _quick_write(output, other):
    """The write() of an output, for what print() does: a text, then a line feed. All else goes the slow way."""
    kept, others_kept, flag, stream = output._kept, other._kept, _flag, output._stream
    take = kept.pop
    get_ident = _thread.get_ident
    slowly, emit, run_of = type(output).write, output._emit, run_of_context.get

    def write(text, /):
        if type(text) is str:
            if text == "\n":
                line = take(get_ident(), None)
                if line is not None:
                    flag[0] = 1 if kept or others_kept else 0  # as in _raise_flag
                    line += text
                    if _in_child or not java_write(stream, line):  # noqa: F821
                        emit(line)
                    return 1
            elif "\n" not in text and len(text) < _MOST_KEPT:
                thread = get_ident()
                if thread not in kept and text and run_of() is None:
                    kept[thread] = text
                    flag[0] = 1
                    return len(text)
        return slowly(output, text)

    return write


def _raise_flag():
    # in one expression without calls, in which no other thread can come between (but in CPython 3.9)
    _flag[0] = 1 if _outputs[0]._kept or _outputs[1]._kept else 0


def flush_here():
    """Passes on what this thread has written so far."""
    for output in _outputs:
        output._pass_on()


def install(flag, joined):
    global _flag, _outputs
    _flag = flag
    out, err = sys.stdout, sys.stderr
    _outputs = (
        _Output(1, "<stdout>", sys.__stdout__, out),
        _Output(2, "<stderr>", sys.__stderr__, err),
    )
    for output, other in (_outputs, _outputs[::-1]):
        output.write = _quick_write(output, other)
    sys.stdout, sys.stderr = _outputs
    sys.stdin = _Input(sys.stdin)
    if not joined:
        # what scripts that replace a stream go back to
        sys.__stdout__, sys.__stderr__ = _outputs
        sys.__stdin__ = sys.stdin
    _hand_runs_to_new_threads()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_become_child)


def _become_child():
    """A forked child has no Java: it writes to the descriptors it inherited."""
    global _in_child
    _in_child = True
    for output in _outputs:
        output._kept.clear()
    threading = sys.modules.get("threading")
    if threading is not None and sys.version_info < (3, 13):
        # the forking thread becomes the main thread, which is expected to have this lock
        thread = threading._active.get(_thread.get_ident())
        if thread is not None and thread._tstate_lock is None:
            thread._set_tstate_lock()


def _hand_runs_to_new_threads():
    """Threads that a script starts write where the run that started them writes."""

    def handing_over(start):
        def start_thread(function, *args, **kwargs):
            if _in_child:
                return start(function, *args, **kwargs)
            token = hand_over_run()  # noqa: F821

            def run(*function_args, **function_kwargs):
                if _in_child:
                    return function(*function_args, **function_kwargs)
                take_over_run(token)  # noqa: F821
                try:
                    return function(*function_args, **function_kwargs)
                finally:
                    try:
                        flush_here()
                    finally:
                        take_over_run(0)  # noqa: F821

            try:
                return start(run, *args, **kwargs)
            except BaseException:
                take_back_run(token)  # noqa: F821
                raise

        start_thread.__name__ = start_thread.__qualname__ = start.__name__
        start_thread.__doc__ = start.__doc__
        return start_thread

    names = ("start_new_thread", "start_new", "start_joinable_thread")
    for name in names:
        if hasattr(_thread, name):
            setattr(_thread, name, handing_over(getattr(_thread, name)))
    threading = sys.modules.get("threading")
    if threading is not None:
        for name in names:
            if hasattr(threading, "_" + name):
                setattr(threading, "_" + name, getattr(_thread, name))
