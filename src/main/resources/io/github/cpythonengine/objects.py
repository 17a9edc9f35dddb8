"""What PyObject does by Python's own protocols: operators as Python's functions, context managers, documentation."""

from _operator import (  # noqa: F401 (called by Java)
    add,
    and_,
    eq,
    floordiv,
    ge,
    gt,
    iadd,
    iand,
    ifloordiv,
    ilshift,
    imatmul,
    imod,
    imul,
    inv,
    ior,
    ipow,
    irshift,
    isub,
    itruediv,
    ixor,
    le,
    lshift,
    lt,
    matmul,
    mod,
    mul,
    ne,
    neg,
    or_,
    pos,
    rshift,
    sub,
    truediv,
    xor,
)

absolute = abs
divide = divmod
power = pow
make_slice = slice

_traceback = BaseException.__traceback__.__get__
_set_traceback = BaseException.__traceback__.__set__
_context = BaseException.__context__.__get__
_set_context = BaseException.__context__.__set__


def doc(value):
    """A str or None."""
    from inspect import getdoc

    found = getdoc(value)
    return found if isinstance(found, str) else None


def enter(manager):
    """(__exit__, what __enter__ gave); both methods are looked up before one is called, as `with` does"""
    begin = _special(manager, "__enter__")
    end = _special(manager, "__exit__")
    return end, begin()


def _special(value, name):
    """A method of the value's class, bound: what the instance itself has under that name does not count."""
    kind = type(value)
    for base in type.__dict__["__mro__"].__get__(kind):
        found = type.__dict__["__dict__"].__get__(base).get(name)
        if found is not None:
            bind = getattr(type(found), "__get__", None)
            return found if bind is None else bind(found, value, kind)
    raise TypeError(f"'{kind.__name__}' object does not support the context manager protocol")


def leave(end, error):
    """Calls __exit__, for an exception while that is being handled, and tells whether it is to be suppressed."""
    if error is None:
        end(None, None, None)
        return False
    trace = _traceback(error)
    context = _context(error)
    try:
        raise error
    except BaseException:
        _set_traceback(error, trace)  # as it was: without this function
        _set_context(error, context)
        return bool(end(type(error), error, trace))
