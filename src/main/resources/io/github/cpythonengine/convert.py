"""The parts of conversions that are shorter in Python than in calls of the C API."""

import sys
import weakref


def int_to_bytes(value):
    return value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True)


def int_from_bytes(data):
    return int.from_bytes(data, "big", signed=True)


_watched = {}


def watch(kind):
    """Tells Java when a type dies, before another one can have its address."""
    address = id(kind)
    if address not in _watched and kind.__flags__ & _HEAP_TYPE:

        def died(_):
            del _watched[address]
            type_died(address)  # noqa: F821 (given by Java)

        _watched[address] = weakref.ref(kind, died)


_HEAP_TYPE = 1 << 9


def true_name(kind):
    """module.qualname of a type that really is what its module has under that name, else ''"""
    module = getattr(kind, "__module__", None)
    name = kind.__qualname__
    if type(module) is not str or type(name) is not str:
        return ""
    found = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return f"{module}.{name}" if found is kind else ""


def is_iterator(kind):
    """Whether objects of this type are iterators and nothing more (a file is a file)."""
    if not (hasattr(kind, "__next__") and hasattr(kind, "__iter__")):
        return False
    io = sys.modules.get("io")
    return not (io and issubclass(kind, io.IOBase))
