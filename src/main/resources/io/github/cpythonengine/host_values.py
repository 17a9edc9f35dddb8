"""Values that Python has a type of its own for, when a script got them by calling Java.

LocalDate.now() is a datetime.date that also has the methods of its LocalDate, and is this very object again when
it goes back into Java.
"""

import weakref

JavaClass = install = None


def setup(metaclass, installer):
    global JavaClass, install
    JavaClass = metaclass
    install = installer


def _date(kind, value):
    return kind.__new__(kind, value.year, value.month, value.day)


def _datetime(kind, value):
    clock = value.hour, value.minute, value.second, value.microsecond
    return kind.__new__(kind, value.year, value.month, value.day, *clock, value.tzinfo, fold=value.fold)


def _time(kind, value):
    return kind.__new__(kind, value.hour, value.minute, value.second, value.microsecond, value.tzinfo, fold=value.fold)


def _timedelta(kind, value):
    return kind.__new__(kind, value.days, value.seconds, value.microseconds)


def _decimal(kind, value):
    return kind.__new__(kind, value)


def _uuid(kind, value):
    made = object.__new__(kind)
    object.__setattr__(made, "int", value.int)
    object.__setattr__(made, "is_safe", value.is_safe)
    return made


def _path(kind, value):
    if hasattr(kind, "_from_parts"):  # up to 3.11
        return kind._from_parts((value,))
    made = object.__new__(kind)
    kind.__init__(made, value)
    return made


_MAKERS = {
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "timedelta": _timedelta,
    "Decimal": _decimal,
    "UUID": _uuid,
    "PosixPath": _path,
    "WindowsPath": _path,
}


def make_class(base, java_class):
    """A class between the two, named as Python's; None when there is none for this type."""
    make = _MAKERS.get(base.__name__)
    if make is None:
        return None

    def plain(self):
        return make(base, self)

    def missing(self, name):
        if name[:2] != "__" and install(type(self), name):
            return object.__getattribute__(self, name)
        raise AttributeError(f"neither {base.__name__} nor {java_class.__javaname__} has {name!r}")

    namespace = {
        "__module__": base.__module__,
        "__qualname__": base.__qualname__,
        "__doc__": base.__doc__,
        "__javaname__": java_class.__javaname__,
        "__javaclass__": java_class.__javaclass__,
        "__javainterface__": False,
        "__javatype__": java_class,
        "__pythonbase__": base,
        "__statics__": set(),
        "__getattr__": missing,
        "__plain__": plain,
        "__repr__": lambda self: repr(plain(self)),
        "__reduce_ex__": lambda self, protocol: plain(self).__reduce_ex__(protocol),
        "with_segments": lambda self, *parts: base(*parts),
    }
    if "Path" in base.__name__:
        namespace["resolve"] = _resolve
    if not hasattr(base, "with_segments"):
        del namespace["with_segments"]
    if hasattr(base, "_from_parts"):  # up to 3.11, where it is a class method
        namespace["_from_parsed_parts"] = staticmethod(base._from_parsed_parts)
    return type.__new__(JavaClass, base.__name__, (base,), namespace)


def _resolve(self, *args, **options):
    """Java's with a path, else Python's, which may be told whether it is strict."""
    if len(args) == 1 and type(args[0]) is not bool:
        return getattr(self, "resolve(String)" if isinstance(args[0], str) else "resolve(Path)")(args[0])
    return type(self).__pythonbase__.resolve(self, *args, **options)


_alive = weakref.WeakValueDictionary()


def value(kind, plain, reference):
    known = _alive.get(reference)
    if known is not None:
        return known
    if type(plain) is not kind.__pythonbase__:
        return plain
    made = _MAKERS[kind.__pythonbase__.__name__](kind, plain)
    vars(made)["__javaobject__"] = reference
    _alive[reference] = made
    return made
