"""What Java wants to know of an exception. Nothing here fails, whatever the exception does."""

import sys

try:
    import linecache
    from itertools import islice
except Exception:  # a script has spoilt Python's own modules before its first error
    linecache = islice = None

MOST_TEXT = 1 << 20
MOST_FRAMES = 1000
MOST_NOTES = 100
MOST_MEMBERS = 100


OWN_FILES = "cpython-engine/"

# what an exception's class may hide behind properties of its own
_traceback = BaseException.__traceback__.__get__
_set_traceback = BaseException.__traceback__.__set__
_cause = BaseException.__cause__.__get__
_context = BaseException.__context__.__get__
_suppress_context = BaseException.__suppress_context__.__get__

try:
    _group = BaseExceptionGroup
except NameError:
    _group = None  # before Python 3.11

# globals may be of a subclass of dict
_item = dict.get


def describe(error):
    """
    (type name, text, notes, frames innermost first, the exception shown before it or None, how many entries the
    traceback has, members of a group)
    """
    trace = _traceback(error)
    if trace is not None and trace.tb_frame.f_code.co_filename.startswith(OWN_FILES):
        trace = without_own_frames(trace)
        _set_traceback(error, trace)
    return type_name(type(error)), text(error), notes(error), frames(trace), before(error), length(trace), members(error)


def said(error):
    """What describe() tells that is not of the traceback: (type name, text, notes, members of a group)"""
    return type_name(type(error)), text(error), notes(error), members(error)


def usual(kind):
    """
    Of a class that nobody can change: its name, and whether str() gives an exception's only argument; None when its
    exceptions have more to tell.
    """
    if issubclass(kind, SyntaxError) or (_group is not None and issubclass(kind, _group)):
        return None
    return type_name(kind), kind.__str__ is BaseException.__str__


def sample():
    """An exception and its parts, as ErrorLayout wants them"""
    names = {}
    source = "\n" * 99_998 + "def sample(error):\n  error.part = 1; raise error from KeyError()"
    exec(compile(source, "sample file", "exec"), names)
    try:
        try:
            raise IndexError
        except IndexError:
            names["sample"](ValueError("sample"))
    except ValueError as error:
        return _parts(error)


def _parts(error):
    first = _traceback(error)
    last = first.tb_next
    frame = last.tb_frame
    code = frame.f_code
    column = column_of(last) - 1 if hasattr(code, "co_positions") else -1
    return (
        error,
        error.__dict__,
        error.args,
        first,
        _context(error),
        _cause(error),
        last,
        frame,
        code,
        frame.f_globals,
        code.co_filename,
        code.co_name,
        getattr(code, "co_linetable", None),
        code.co_firstlineno,
        last.tb_lasti,
        last.tb_lineno,
        column,
    )


def length(trace):
    count = 0
    while trace is not None:
        count += 1
        trace = trace.tb_next
    return count


def leave(error, most):
    """On the way from Java into Python: cuts off what the traceback has from earlier ways; tells its length."""
    trace = _traceback(error)
    count = length(trace)
    if count > most:
        for _ in range(count - most):
            trace = trace.tb_next
        _set_traceback(error, trace)
    return min(count, most)


def without_own_frames(trace):
    """The traceback from the first frame on that is not one of this library."""
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(OWN_FILES):
        trace = trace.tb_next
    return trace


def type_name(kind):
    try:
        module = kind.__module__
        name = kind.__qualname__
        if module in ("builtins", "__main__", None):
            return str(name)
        return f"{module}.{name}"
    except Exception:
        return "<exception>"


def text(error):
    try:
        said = _text(error)
        if type(said) is not str:
            said = str.__str__(said)
    except BaseException:
        return "<exception str() failed>"
    return shortened(said)


def shortened(said):
    return said if len(said) <= MOST_TEXT else said[:MOST_TEXT] + f"... ({len(said)} characters)"


def notes(error):
    """Of add_note(): each on a line of its own, as Python prints them after the text"""
    try:
        found = getattr(error, "__notes__", None)
        if found is None:
            return ""
        several = isinstance(found, (list, tuple))
        said = [_note(note) for note in found[:MOST_NOTES]] if several else [repr(found)]
        return shortened("".join(["\n" + note for note in said]))
    except BaseException:
        return "\n<notes failed>"


def _note(note):
    try:
        return str.__str__(note if isinstance(note, str) else str(note))
    except BaseException:
        return "<note str() failed>"


def members(error):
    """The exceptions of a group, else nothing"""
    if _group is None or not issubclass(type(error), _group):
        return ()
    return tuple(_group.exceptions.__get__(error))[:MOST_MEMBERS]


def _text(error):
    if issubclass(type(error), SyntaxError):
        return str(error.msg) if error.msg is not None else "<no detail available>"
    return str(error)


def before(error):
    cause = _cause(error)
    if cause is None and not _suppress_context(error):
        cause = _context(error)
    return cause


def frames(trace):
    """file, line, function, file, line, function ... of a traceback, innermost first"""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append((code.co_filename, trace.tb_lineno or -1, code.co_name))
        trace = trace.tb_next
    if len(found) > MOST_FRAMES:
        half = MOST_FRAMES // 2
        found[half:-half] = [("...", -1, f"{len(found) - MOST_FRAMES} frames left out")]
    return tuple([part for frame in reversed(found) for part in frame])


def position(error):
    """(file, line, column) of the innermost line of a script's own code, or None"""
    try:
        return _position(error)
    except Exception:
        return None


def _position(error):
    own = last = None
    trace = _traceback(error)
    while trace is not None:
        last = trace
        name = _item(trace.tb_frame.f_globals, "__name__", None)
        if type(name) is str and name == "__main__":
            own = trace
        trace = trace.tb_next
    if own is None and issubclass(type(error), SyntaxError) and _is_place(error.lineno):
        column = error.offset if _is_place(error.offset) else -1
        return str.__str__(str(error.filename)), error.lineno, column
    where = own or last
    if where is None:
        return None
    return where.tb_frame.f_code.co_filename, where.tb_lineno or -1, column_of(where)


def _is_place(number):
    return type(number) is int and 0 < number < 1 << 31


def column_of(trace):
    """From 1, or -1 before Python 3.11, which does not keep columns."""
    positions = getattr(trace.tb_frame.f_code, "co_positions", None)
    if positions is None or islice is None or trace.tb_lasti < 0:
        return -1
    line, _, column, _ = next(islice(positions(), trace.tb_lasti // 2, None), (None,) * 4)
    if column is None or line != trace.tb_lineno:
        return -1
    if column == 0:
        return 1
    return _characters(trace.tb_frame.f_code.co_filename, line, column) + 1


def _characters(file, line, column):
    """A column counted in bytes of UTF-8 as one counted in characters."""
    try:
        known = linecache.cache.get(file)
        # as getline() has it, which asks the file system for what is not known
        text = known[2][line - 1] if known and len(known) == 4 else linecache.getline(file, line)
        if not text.isascii():
            return len(text.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace"))
    except Exception:
        pass  # a script may have spoilt linecache
    return column


def traceback_text(error):
    import traceback

    try:
        lines = traceback.format_exception(type(error), error, _traceback(error))
        return shortened("".join(lines).rstrip("\n"))
    except BaseException:
        return f"{type_name(type(error))}: {text(error)}{notes(error)}"
