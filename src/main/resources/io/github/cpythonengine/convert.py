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
    if address not in _watched and _flags(kind) & _HEAP_TYPE:

        def died(_):
            del _watched[address]
            try:
                type_died(address)  # noqa: F821 (given by Java)
            except TypeError:
                pass  # in a forked child, which has no Java

        _watched[address] = weakref.ref(kind, died)


_HEAP_TYPE = 1 << 9
_flags = type.__dict__["__flags__"].__get__  # whatever a metaclass says


_real = {}


def real(module, name):
    """The class of the standard library, also after a script put something else in its place."""
    known = _real.get((module, name))
    if known is None:
        __import__(module)
        known = getattr(sys.modules[module], name, None)
        if not _is_named(known, module, name):
            known = _find(object, module, name)
        _real[module, name] = known
    return known


def _is_named(kind, module, name):
    if not isinstance(kind, type):
        return False
    found = kind.__module__
    return kind.__qualname__ == name and (found == module or found.startswith(module + "."))


def _find(base, module, name):
    for kind in type.__subclasses__(base):
        try:
            found = kind if _is_named(kind, module, name) else _find(kind, module, name)
        except Exception:  # a metaclass can do anything
            continue
        if found is not None:
            return found
    return None


def true_name(kind):
    """module.qualname of a type that really is what its module has under that name, else ''"""
    try:
        module = kind.__module__
        name = kind.__qualname__
        if type(module) is not str or type(name) is not str:
            return ""
        if module == "__main__":
            return f"{module}.{name}"  # there is one for each engine, and here perhaps none
        found = sys.modules.get(module)
        for part in name.split("."):
            found = getattr(found, part, None)
        if found is not kind and module in _SHARED and not isinstance(found, type):
            found = _find(object, module, name)
    except Exception:  # a metaclass can do anything
        return ""
    return f"{module}.{name}" if found is kind else ""


_SHARED = ("datetime", "decimal", "fractions", "uuid", "pathlib", "zoneinfo")


def is_iterator(kind):
    """Whether objects of this type are iterators and nothing more (a file is a file)."""
    try:
        if not (hasattr(kind, "__next__") and hasattr(kind, "__iter__")):
            return False
    except Exception:
        return False
    io = sys.modules.get("io")
    return not (io and issubclass(kind, io.IOBase))


def index(value):
    """The int that an object stands for, or None."""
    if not hasattr(type(value), "__index__"):
        return None
    return int(type(value).__index__(value))


def decimal_from_text(text):
    return real("decimal", "Decimal")(text)


def fraction(numerator, denominator):
    return real("fractions", "Fraction")(numerator, denominator)


def uuid_from_bytes(data):
    return real("uuid", "UUID")(bytes=data)


def path(text):
    return real("pathlib", "Path")(text)


def numpy_time(value):
    """The count and the unit, as "25s", of a datetime64 or timedelta64."""
    unit, count = sys.modules["numpy"].datetime_data(value.dtype)
    text = "" if unit == "generic" else unit if count == 1 else f"{count}{unit}"
    return int(value.view("i8")), text


def pairs(mapping):
    return [(key, value) for key, value in mapping.items()]


def abstract_kind(value):
    """What a value says it is of the abstract kinds: a set, a mapping, or nothing of these."""
    from collections import abc

    return "set" if isinstance(value, abc.Set) else "mapping" if isinstance(value, abc.Mapping) else ""


def as_dict(mapping):
    return dict(mapping.items())
