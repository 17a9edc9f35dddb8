"""The classes that stand for Java's: their metaclass, java.lang.Object and Throwable."""

# ruff: noqa: F821 (functions given by Java)
import weakref
from datetime import date, time, timedelta
from keyword import iskeyword
from types import CodeType, GenericAlias, MethodType


class JavaClass(type):
    """The class of all classes that stand for a Java class."""

    def mro(cls):
        try:
            return type.mro(cls)
        except TypeError:
            return _linearize(cls)

    def __call__(cls, *args, **names):
        """A new object; names set its bean properties and public fields."""
        if cls.__pythonbase__ is not None:
            return cls.__pythonbase__(*args, **names)
        made = construct(cls, args)
        for name, value in names.items():
            setattr(made, name, value)
        return made

    def __getattr__(cls, name):
        if name[:2] != "__":
            found = _find(cls, name)
            if found is not None:
                if found[0] in _OF_OBJECTS:
                    return found[1]
                _put(cls, name, found)
                return type.__getattribute__(cls, name)
            if cls.__javaname__ != "java.lang.Class":
                about = getattr(class_object(cls), name, None)
                if about is not None:
                    return about
        elif name == "__match_args__":
            names = record_names(cls)
            if names is not None:
                return _match_args(cls, names)
        raise AttributeError(f"Java class {cls.__javaname__} has no {name!r}")

    def __setattr__(cls, name, value):
        if name[:2] == "__" or name[:5] == "_abc_":
            type.__setattr__(cls, name, value)
        elif not set_static(cls, name, value) and not (
            _is_escaped(name) and set_static(cls, name[:-1], value)
        ):
            raise AttributeError(f"Java class {cls.__javaname__} has no static field {name!r} that can be set")

    def __dir__(cls):
        return sorted({*type.__dir__(cls), *member_names(cls)})

    def __iter__(cls):
        """The constants of an enum."""
        if not _is_enum(cls):
            raise TypeError(f"Java class {cls.__javaname__} is not iterable")
        return iter(cls.values())

    def __len__(cls):
        if not _is_enum(cls):
            raise TypeError(f"Java class {cls.__javaname__} has no len()")
        return len(cls.values())

    def __bool__(cls):
        return True

    def __getitem__(cls, key):
        """The constant of an enum by its name; of another class the same with type arguments, for annotations."""
        if not (_is_enum(cls) and isinstance(key, str)):
            return GenericAlias(cls, key)
        for constant in cls.values():
            if constant.name() == key:
                return constant
        raise KeyError(key)

    @property
    def __doc__(cls):
        return class_doc(cls)

    @property
    def class_(cls):
        """The java.lang.Class object, in Java: X.class"""
        return class_object(cls)

    def __new__(meta, name, bases, namespace, **options):
        return _subclass(name, bases, namespace, options)

    def __init__(cls, name, bases, namespace, **options):
        pass

    __pythonbase__ = None

    def __instancecheck__(cls, object):
        kind = type(object)
        if cls in kind.__mro__:
            return True
        # a value that is of a Python type too
        return type(kind) is JavaClass and kind.__pythonbase__ is not None and issubclass(kind.__javatype__, cls)

    def __subclasscheck__(cls, other):
        if type.__subclasscheck__(cls, other):
            return True
        return type(other) is JavaClass and other.__pythonbase__ is not None and issubclass(other.__javatype__, cls)

    def __repr__(cls):
        return f"<java class {cls.__javaname__!r}>"


def _is_enum(cls):
    return any(base.__name__ == "Enum" and base.__module__ == "java.lang" for base in cls.__mro__)


def _is_escaped(name):
    """Whether a name is a keyword of Python's, with an underscore to make it none."""
    return name[-1:] == "_" and iskeyword(name[:-1])


def _find(cls, name):
    found = find_member(cls, name)
    if found is None and _is_escaped(name):
        found = find_member(cls, name[:-1])
    return found


def _match_args(cls, names):
    """For positional patterns: the components of a record, whose plain names are those of methods."""

    def component(name):
        return property(lambda self: getattr(self, name)())

    arguments = tuple(f"component {name}" for name in names)
    for argument, name in zip(arguments, names):
        type.__setattr__(cls, argument, component(name))
    type.__setattr__(cls, "__match_args__", arguments)
    return arguments


class PythonClass(JavaClass):
    """The class of Python classes that implement Java interfaces."""

    __call__ = type.__call__
    __instancecheck__ = type.__instancecheck__
    __subclasscheck__ = type.__subclasscheck__
    __init__ = type.__init__
    __repr__ = type.__repr__
    __setattr__ = type.__setattr__
    __dir__ = type.__dir__
    class_ = property()
    __doc__ = property(lambda cls: cls.__dict__.get("__doc__"))

    def __getattr__(cls, name):
        raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}")

    def __iter__(cls):
        raise TypeError(f"type object {cls.__name__!r} is not iterable")


def buffer_method(cls):
    """What Python 3.12 and later made of the class's own slot."""
    return cls.__dict__.get("__buffer__")


def install(cls, name):
    """Makes a name of a Java class a part of its Python class; whether it is one now."""
    if name in cls.__dict__:
        return True
    found = _find(cls, name)
    if found is None or found[0] == "abstract":
        # what is abstract in an interface would pass for what a Python class implements
        return False
    _put(cls, name, found)
    return True


# read on the class, these are functions, and stay where they are looked for: in the classes of objects
_OF_OBJECTS = {"abstract", "method"}


def _put(cls, name, found):
    kind, first, second = found
    if kind == "static":
        first = staticmethod(first)
    elif kind == "mixed":
        first = Mixed(first, second)
    elif kind == "property":
        first = property(first, second)
    elif kind == "static field":
        first = StaticField(first, second)
    type.__setattr__(cls, name, first)
    if kind not in ("method", "property"):
        # subclasses may have their own of that name, which hides this one
        cls.__statics__.add(name)
        for sub in type.__subclasses__(cls):
            if type(sub) is JavaClass:
                _install_if_allowed(sub, name)


def _install_if_allowed(cls, name):
    """For names that nobody asked for now: the run's ClassAccess may forbid what they stand for."""
    try:
        install(cls, name)
    except Exception:
        pass


class Mixed:
    """Overloads of which some are static: all on an object, those on the class."""

    __slots__ = "bound", "on_class"

    def __init__(self, bound, on_class):
        self.bound = bound
        self.on_class = on_class

    def __get__(self, object, cls=None):
        return self.on_class if object is None else MethodType(self.bound, object)


class StaticField:
    __slots__ = "read", "write"

    def __init__(self, read, write):
        self.read = read
        self.write = write

    def __get__(self, object, cls=None):
        return self.read()

    def __set__(self, object, value):
        if self.write is None:
            raise AttributeError("a final field cannot be set")
        self.write(value)


def _linearize(cls):
    """For orders of interfaces that Java allows and C3 does not: superclasses first, then the most derived."""
    found = [cls]
    for base in cls.__bases__:
        for each in base.__mro__:
            if each not in found:
                found.append(each)
    ordered = []
    while found:
        for each in found:
            if not any(other is not each and issubclass(other, each) for other in found):
                ordered.append(each)
                found.remove(each)
                break
    return ordered


def _subclass(name, bases, namespace, options):
    """A user's class statement with Java interfaces among its bases."""
    first = None
    for base in bases:
        if type(base) is JavaClass:
            if not base.__javainterface__:
                raise TypeError(
                    f"cannot extend {base.__javaname__}: a Python class can implement Java interfaces, "
                    "but not extend a Java class"
                )
            first = first or base
    bases = list(bases)
    if first is not None:
        bases.insert(bases.index(first), PythonObject)
    for java_name, python_name, method in _BOTH_NAMES:
        if java_name in namespace or any(hasattr(base, java_name) for base in bases if not isinstance(base, JavaClass)):
            namespace.setdefault(python_name, method)
    if "equals" in namespace:
        namespace.setdefault("__hash__", object.__hash__)
    call = _call_of(bases)
    if call is not None:
        namespace.setdefault("__call__", lambda self, *args: getattr(self, call)(*args))
    return type.__new__(PythonClass, name, tuple(bases), namespace, **options)


# what Python asks an object by one name and Java by another
_BOTH_NAMES = (
    ("toString", "__str__", lambda self: self.toString()),
    ("hashCode", "__hash__", lambda self: self.hashCode()),
    ("equals", "__eq__", lambda self, other: self.equals(other)),
)


def _call_of(bases):
    """The method that calling an object means, where that is one of a Java interface's."""
    for base in bases:
        for each in base.__mro__:
            call = vars(each).get("__call__")
            if call is not None:
                return call.__func__.__name__ if type(each) is JavaClass else None
    return None


def interfaces(cls):
    """The Java interfaces of a Python class, those that others extend left out."""
    all = [each for each in cls.__mro__ if type(each) is JavaClass and each.__javainterface__]
    return [class_object(one) for one in all if not any(one is not each and issubclass(each, one) for each in all)]


class PythonObject:
    """Goes before the Java interfaces of a Python class, whose objects are Python's in these."""

    __slots__ = ()
    __javahalf__ = True

    def __getattr__(self, name):
        """A default method of one of the interfaces."""
        if name[:2] != "__":
            for base in type(self).__mro__:
                if type(base) is JavaClass and install(base, name):
                    return object.__getattribute__(self, name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    __setattr__ = object.__setattr__
    __dir__ = object.__dir__
    __repr__ = object.__repr__
    __str__ = object.__str__
    __format__ = object.__format__
    __eq__ = object.__eq__
    __hash__ = object.__hash__
    __reduce_ex__ = object.__reduce_ex__
    __copy__ = __deepcopy__ = None


def make_class(java_name, name, qualname, module, bases, reference, interface, mixin, call):
    """A class for a Java class; reference keeps that one, mixin is what Python adds, call what calling objects does."""
    namespace = {} if mixin is None else {k: v for k, v in vars(mixin).items() if k not in _OWN}
    namespace.update(
        __module__=module,
        __qualname__=qualname,
        __javaname__=java_name,
        __javaclass__=reference,
        __javainterface__=interface,
        __statics__=set(),
    )
    if not any(issubclass(base, BaseException) for base in bases):
        namespace["__slots__"] = ()
    if call is not None:
        namespace["__call__"] = call
    made = type.__new__(JavaClass, name, bases, namespace)
    for base in made.__mro__[1:]:
        if type(base) is JavaClass:
            for static in list(base.__statics__):
                _install_if_allowed(made, static)
    register = None if mixin is None else getattr(mixin, "_register", None)
    if register is not None:
        register(made)
    return made


_OWN = {"__dict__", "__weakref__", "__module__", "__qualname__", "__doc__", "__slots__", "_register"}


class Object:
    """java.lang.Object"""

    __slots__ = ()

    def __getattr__(self, name):
        if name[:2] != "__" and install(type(self), name):
            return object.__getattribute__(self, name)
        raise AttributeError(f"Java object of {type(self).__javaname__} has no {name!r}")

    def __setattr__(self, name, value):
        if name[:2] != "__":
            install(type(self), name)
        object.__setattr__(self, name, value)

    def __dir__(self):
        return sorted({*object.__dir__(self), *member_names(type(self))})

    def __str__(self):
        return to_string(self)

    def __repr__(self):
        text = to_string(self)
        name = type(self).__qualname__
        return f"<{name}>" if not text else f"<{name} {text}>"

    def __format__(self, spec):
        return format(to_string(self), spec)

    def __eq__(self, other):
        if type(type(other)) is JavaClass:
            return equals(self, other)
        return NotImplemented

    def __hash__(self):
        return hash_code(self)

    def __reduce_ex__(self, protocol):
        raise _no_pickle(self)

    def __copy__(self):
        return self if _is_value(self) else _clone(self)

    def __deepcopy__(self, memo):
        if _is_value(self):
            return self
        raise TypeError(f"cannot deepcopy {type(self).__javaname__}: Python does not know what belongs to a Java object")


_VALUES = {
    "java.lang.Enum",
    "java.lang.Class",
    "java.lang.Throwable",
    "java.time.temporal.TemporalAccessor",
    "java.time.temporal.TemporalAmount",
    "java.time.ZoneId",
    "java.util.Locale",
    "java.util.Currency",
    "java.util.regex.Pattern",
    "java.net.URI",
    "java.net.URL",
    "java.io.File",
}


def _is_value(self):
    """Whether it never changes, so that it is its own copy."""
    return any(type(base) is JavaClass and base.__javaname__ in _VALUES for base in type(self).__mro__)


def _clone(self):
    clone = getattr(self, "clone", None)
    if clone is None:
        raise TypeError(f"cannot copy {type(self).__javaname__}: it has no public clone()")
    return clone()


def _no_pickle(self):
    return TypeError(
        f"cannot pickle {type(self).__javaname__}: a Java object lives in its JVM alone; "
        "pickle what it holds, as list(x), dict(x) or str(x) give it"
    )


class Class:
    """java.lang.Class: its object can be called, and has the static members of the class it is about."""

    __slots__ = ()

    def __call__(self, *args, **names):
        return python_class(self)(*args, **names)

    def __getattr__(self, name):
        if name[:2] != "__":
            if install(type(self), name):
                return object.__getattribute__(self, name)
            about = python_class(self)
            if install(about, name):
                return getattr(about, name)
        raise AttributeError(f"neither java.lang.Class nor {python_class(self).__javaname__} has {name!r}")

    def __instancecheck__(self, object):
        return isinstance(object, python_class(self))

    def __subclasscheck__(self, other):
        if type(type(other)) is JavaClass:
            other = python_class(other)
        return issubclass(other, python_class(self))

    def __eq__(self, other):
        if type(other) is JavaClass or type(type(other)) is JavaClass:
            return equals(self, other)
        return NotImplemented

    def __hash__(self):
        return hash_code(self)


class CharSequence:
    """A text that can be changed; for reading it is as its str."""

    __slots__ = ()

    def __len__(self):
        return len(to_string(self))

    def __bool__(self):
        return to_string(self) != ""

    def __getitem__(self, key):
        return to_string(self)[key]

    def __iter__(self):
        return iter(to_string(self))

    def __contains__(self, text):
        return str(text) in to_string(self)

    def __eq__(self, other):
        if isinstance(other, str):
            return to_string(self) == other
        return Object.__eq__(self, other)

    __hash__ = Object.__hash__

    def __add__(self, other):
        return to_string(self) + other if isinstance(other, str) else NotImplemented

    def __radd__(self, other):
        return other + to_string(self) if isinstance(other, str) else NotImplemented

    def __copy__(self):
        return type(self)(to_string(self))


class Comparable:
    __slots__ = ()

    def __lt__(self, other):
        order = compare(self, other)
        return order if order is NotImplemented else order < 0

    def __le__(self, other):
        order = compare(self, other)
        return order if order is NotImplemented else order <= 0

    def __gt__(self, other):
        order = compare(self, other)
        return order if order is NotImplemented else order > 0

    def __ge__(self, other):
        order = compare(self, other)
        return order if order is NotImplemented else order >= 0


class AutoCloseable:
    __slots__ = ()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        close(self)


# ---- times: those that Python's types cannot hold, by Java's arithmetic


def _is_amount(object):
    return isinstance(object, timedelta) or _is_java(object, "java.time.temporal.TemporalAmount")


def _is_temporal(object):
    return isinstance(object, (date, time)) or _is_java(object, "java.time.temporal.Temporal")


def _is_java(object, name):
    return any(type(base) is JavaClass and base.__javaname__ == name for base in type(object).__mro__)


class Temporal:
    __slots__ = ()

    def __add__(self, other):
        return self.plus(other) if _is_amount(other) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if _is_amount(other):
            return self.minus(other)
        return between(other, self) if _is_temporal(other) else NotImplemented

    def __rsub__(self, other):
        return between(self, other) if _is_temporal(other) else NotImplemented


class TemporalAmount:
    __slots__ = ()

    def __add__(self, other):
        if _is_amount(other):
            return self.plus(other)
        return self.addTo(other) if _is_temporal(other) else NotImplemented

    def __radd__(self, other):
        # a Duration and what it is added to can change places
        return self.__add__(other)

    def __sub__(self, other):
        return self.minus(other) if _is_amount(other) else NotImplemented

    def __rsub__(self, other):
        if _is_amount(other):
            return self.negated().plus(other)
        return self.subtractFrom(other) if _is_temporal(other) else NotImplemented

    def __mul__(self, times):
        return self.multipliedBy(times) if isinstance(times, int) else NotImplemented

    __rmul__ = __mul__

    def __neg__(self):
        return self.negated()

    def __bool__(self):
        return not self.isZero()


weak = weakref.ref


def plain_object(base, body):
    """The class of those objects whose Java class is Object itself."""
    namespace = dict(
        __slots__=(),
        __module__=base.__module__,
        __qualname__=base.__qualname__,
        __javainterface__=False,
        __statics__=set(),
    )
    return type.__new__(JavaClass, base.__name__, (base, body), namespace)


# ---- exceptions


class Throwable:
    def __str__(self):
        message = self.args[0] if len(self.args) == 1 else None
        return message if type(message) is str else ""

    __repr__ = BaseException.__repr__
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __reduce_ex__(self, protocol):
        raise _no_pickle(self)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def arity(function):
    """How many arguments a callable takes: 1 when that is not known, else 2 + 8 * least + most, 7 for any number."""
    bound = 0
    if isinstance(function, MethodType):
        bound = 1
        function = function.__func__
    code = getattr(function, "__code__", None)
    if type(code) is not CodeType or code.co_kwonlyargcount:
        return 1
    most = code.co_argcount - bound
    least = most - len(getattr(function, "__defaults__", None) or ())
    if code.co_flags & 4 or most > 6:
        most = 7
    return 2 + 8 * min(max(least, 0), 7) + max(most, 0)


_HEAP_TYPE = 1 << 9

_alive = weakref.WeakValueDictionary()


def known_exception(reference):
    return _alive.get(reference)


def new_exception(kind, reference, args, cause):
    base = kind
    while base.__flags__ & _HEAP_TYPE:
        base = base.__base__
    error = base.__new__(kind, *args)
    kind.__init__(error, *args)
    vars(error)["__javaobject__"] = reference
    if cause is not None:
        error.__cause__ = cause
    _alive[reference] = error
    return error


_MOST_BEHIND = 1_000_000


def java_objects_behind(names):
    """The Java objects that a dict of names leads to, without going through modules and their classes."""
    import gc
    from types import ModuleType

    found = []
    seen = {id(names)}
    left = [names]
    while left and len(seen) < _MOST_BEHIND:
        for each in gc.get_referents(left.pop()):
            kind = type(each)
            if id(each) in seen or kind is ModuleType:
                continue
            seen.add(id(each))
            if type(kind) is JavaClass:
                found.append(each)
            elif not _is_of_another_module(each, kind):
                left.append(each)
    return found


def _is_of_another_module(each, kind):
    if kind is dict:
        return "__name__" in each and "__builtins__" in each
    return issubclass(kind, type) and _module_of(each) != "__main__"


_module_of = type.__dict__["__module__"].__get__  # whatever a metaclass says
