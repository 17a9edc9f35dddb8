"""What views of subclasses do by Python's own protocol, so that overridden methods count; and parts of arrays."""

import sys
from struct import calcsize


def set_slice(target, start, stop, items):
    target[start:stop] = items


def del_slice(target, start, stop):
    del target[start:stop]


def keys(mapping):
    return list(mapping.keys())


def keys_and_values(mapping):
    pairs = list(mapping.items())
    return [key for key, _ in pairs], [value for _, value in pairs]


def _numpy_array(value):
    """numpy, when the object is an array of it"""
    numpy = sys.modules.get("numpy")
    array = getattr(numpy, "ndarray", None)
    return numpy if isinstance(array, type) and isinstance(value, array) else None


def record_format(array):
    """The notation of the records of numpy or ctypes with all of their padding, or None."""
    if _numpy_array(array):
        return _format(array.dtype)
    ctypes = sys.modules.get("_ctypes")
    kind = type(array.obj if isinstance(array, memoryview) else array)
    while ctypes is not None and issubclass(kind, ctypes.Array):
        kind = kind._type_
    kinds = () if ctypes is None else (ctypes.Structure, ctypes.Union)
    return _ctypes_format(ctypes, kind) if issubclass(kind, kinds) else None


def _ctypes_format(ctypes, kind):
    if issubclass(kind, ctypes.Array):
        lengths = []
        while issubclass(kind, ctypes.Array):
            lengths.append(str(kind._length_))
            kind = kind._type_
        return f"({','.join(lengths)}){_ctypes_format(ctypes, kind)}"
    if issubclass(kind, ctypes.Structure):
        return _ctypes_record(ctypes, kind)
    if issubclass(kind, ctypes._SimpleCData):
        return memoryview(kind.from_buffer(bytearray(ctypes.sizeof(kind)))).format
    return f"{ctypes.sizeof(kind)}x"


def _ctypes_record(ctypes, kind):
    size = ctypes.sizeof(kind)
    parts = []
    at = 0
    for base in reversed(kind.__mro__):
        for name, part, *bits in vars(base).get("_fields_", ()):
            offset = getattr(vars(base).get(name), "offset", None)
            if ":" in name or not isinstance(offset, int):
                return f"{size}x"
            text = f"{ctypes.sizeof(part)}x" if bits else _ctypes_format(ctypes, part)
            parts.append(f"{offset - at}x" * (offset != at) + f"{text}:{name}:")
            at = offset + ctypes.sizeof(part)
    parts.append(f"{size - at}x" * (size != at))
    return "T{" + "".join(parts) + "}"


def bytes_and_format(array):
    """A numpy array as one of bytes, with the notation of its items, or None."""
    numpy = _numpy_array(array)
    if numpy is None or array.dtype.kind not in "MmV":
        return None
    return array.view(numpy.ndarray).view(f"V{array.dtype.itemsize}"), _format(array.dtype)


def as_numpy(value):
    """The numpy array that an object has behind it (a column of pandas, say), or None."""
    numpy = sys.modules.get("numpy")
    array = getattr(numpy, "ndarray", None)
    if array is None or isinstance(value, (array, type)) or not hasattr(type(value), "__array__"):
        return None
    return numpy.asarray(value)


_CODES = {
    "b": {1: "?"},
    "i": {1: "b", 2: "h", 4: "i", 8: "q"},
    "u": {1: "B", 2: "H", 4: "I", 8: "Q"},
    "f": {2: "e", 4: "f", 8: "d", 16: "g"},
    "c": {8: "Zf", 16: "Zd", 32: "Zg"},
    "O": {8: "O"},
}


def _format(dtype):
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return f"({','.join(map(str, shape))}){_format(base)}"
    if dtype.names is not None:
        return _record(dtype)
    order = dtype.byteorder if dtype.byteorder in "<>" else "="
    if dtype.kind in "Mm":
        unit, count = sys.modules["numpy"].datetime_data(dtype)
        text = "" if unit == "generic" else unit if count == 1 else f"{count}{unit}"
        return f"{order}{dtype.kind}[{text}]"
    if dtype.kind == "S":
        return f"{dtype.itemsize}s"
    if dtype.kind == "U":
        return f"{order}{dtype.itemsize // 4}w"
    code = _CODES.get(dtype.kind, {}).get(dtype.itemsize)
    return f"{dtype.itemsize}x" if code is None else order + code


def _record(dtype):
    if any(":" in name for name in dtype.names):
        return f"{dtype.itemsize}x"  # the notation has no such names
    parts = []
    at = 0
    for name in dtype.names:
        part, offset = dtype.fields[name][:2]
        parts.append(f"{offset - at}x" * (offset != at) + f"{_format(part)}:{name}:")
        at = offset + part.itemsize
    parts.append(f"{dtype.itemsize - at}x" * (dtype.itemsize != at))
    return "T{" + "".join(parts) + "}"


def _divisible(value):
    """An array or memoryview of the same memory, of which there are parts."""
    if _numpy_array(value):
        return value
    view = memoryview(value)
    numpy = sys.modules.get("numpy")
    return view if numpy is None else numpy.asarray(view)


def subscript(value, text):
    """value[text], always a view; the text has only numbers, colons, commas and dots"""
    value = _divisible(value)
    if type(value) is memoryview:
        return eval(f"value[{text}]")
    return eval(f"value[{text}]" if "..." in text else f"value[{text}, ...]")


def transposed(value, text):
    return _divisible(value).transpose(*_numbers(text))


def reshaped(value, text):
    value = _divisible(value)
    if type(value) is memoryview:
        return value.cast("B").cast(value.format, _numbers(text))
    made = value.view()
    made.shape = tuple(_numbers(text))  # never a copy
    return made


def field(value, name):
    return _divisible(value)[name]


def _numpy():
    try:
        import numpy
    except ImportError:
        return None
    return numpy


def zeros(format, shape):
    shape = _numbers(shape)
    numpy = _numpy()
    if numpy is not None:
        return numpy.zeros(shape, "int64" if format == "q" else format)
    size = calcsize(format)
    for length in shape:
        size *= length
    return _cast(memoryview(bytearray(size)), format, shape)


def shaped(buffer, shape):
    shape = _numbers(shape)
    numpy = _numpy()
    if numpy is not None:
        return numpy.asarray(buffer).reshape(shape)
    view = memoryview(buffer)
    if len(shape) == 1:
        return view
    if len(view.format) != 1:
        raise ValueError(f"without numpy there are no arrays of several axes of {view.format}: use the native byte order")
    return _cast(view.cast("B"), view.format, shape)


def _cast(view, format, shape):
    if 0 in shape and len(shape) > 1:
        raise ValueError("without numpy there are no arrays of several axes and no items")
    return view.cast(format, shape) if shape != [0] else view.cast(format)


def _numbers(text):
    return [int(number) for number in text.split(",") if number]


_PROTOCOLS = {"iterator": "__iter__", "close": "__exit__", "next": "__next__"}


def own_method(implementation, name):
    """The method of an object whose class extends Java interfaces that these did not give it; or None."""
    found = _own(implementation, name)
    if found is None and name in _PROTOCOLS:
        found = _own(implementation, _PROTOCOLS[name])
        if found is not None and name == "close":
            return lambda: found(None, None, None)
    return found


def _own(implementation, name):
    found = getattr(implementation, "__dict__", {}).get(name)
    if found is None:
        kinds = type(implementation).__mro__
        owner = next((each for each in kinds if name in vars(each) or "__getattr__" in vars(each)), None)
        if owner is None or _is_given(owner):
            return None
        found = getattr(implementation, name, None)
    return found if callable(found) else None


def _is_given(kind):
    """Whether it is a class of Java's, or the one that goes before these."""
    return "__javaclass__" in vars(kind) or "__javahalf__" in vars(kind)
