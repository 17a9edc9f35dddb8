"""The classes that stand for Java's: their metaclass, java.lang.Object and Throwable."""

import weakref


class JavaClass(type):
    """The class of all classes that stand for a Java class."""

    def mro(cls):
        try:
            return type.mro(cls)
        except TypeError:
            return _linearize(cls)

    def __call__(cls, *args, **names):
        return construct(cls, args, names)  # noqa: F821 (given by Java)

    def __new__(meta, name, bases, namespace, **options):
        return _subclass(name, bases, namespace, options)

    def __init__(cls, name, bases, namespace, **options):
        pass

    def __repr__(cls):
        return f"<java class {cls.__javaname__!r}>"


class PythonClass(JavaClass):
    """The class of Python classes that implement Java interfaces."""

    __call__ = type.__call__
    __init__ = type.__init__
    __repr__ = type.__repr__


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
    return type.__new__(PythonClass, name, tuple(bases), namespace, **options)


class PythonObject:
    """Goes before the Java interfaces of a Python class, whose objects are Python's in these."""

    __slots__ = ()
    __repr__ = object.__repr__
    __str__ = object.__str__
    __format__ = object.__format__
    __eq__ = object.__eq__
    __hash__ = object.__hash__


def make_class(java_name, name, qualname, module, bases, reference, interface, mixin):
    """A class for a Java class; reference keeps that one, mixin is what Python adds to it."""
    namespace = {} if mixin is None else {k: v for k, v in vars(mixin).items() if k not in _OWN}
    namespace.update(
        __module__=module,
        __qualname__=qualname,
        __javaname__=java_name,
        __javaclass__=reference,
        __javainterface__=interface,
    )
    if not any(issubclass(base, BaseException) for base in bases):
        namespace["__slots__"] = ()
    made = type.__new__(JavaClass, name, bases, namespace)
    register = None if mixin is None else getattr(mixin, "_register", None)
    if register is not None:
        register(made)
    return made


_OWN = {"__dict__", "__weakref__", "__module__", "__qualname__", "__doc__", "__slots__", "_register"}


class Object:
    """java.lang.Object"""

    __slots__ = ()

    def __str__(self):
        return to_string(self)  # noqa: F821

    def __repr__(self):
        text = to_string(self)  # noqa: F821
        name = type(self).__qualname__
        return f"<{name}>" if not text else f"<{name} {text}>"

    def __format__(self, spec):
        return format(to_string(self), spec)  # noqa: F821

    def __eq__(self, other):
        if type(type(other)) is JavaClass:
            return equals(self, other)  # noqa: F821
        return NotImplemented

    def __hash__(self):
        return hash_code(self)  # noqa: F821


class Comparable:
    __slots__ = ()

    def __lt__(self, other):
        order = compare(self, other)  # noqa: F821
        return order if order is NotImplemented else order < 0

    def __le__(self, other):
        order = compare(self, other)  # noqa: F821
        return order if order is NotImplemented else order <= 0

    def __gt__(self, other):
        order = compare(self, other)  # noqa: F821
        return order if order is NotImplemented else order > 0

    def __ge__(self, other):
        order = compare(self, other)  # noqa: F821
        return order if order is NotImplemented else order >= 0


class AutoCloseable:
    __slots__ = ()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        close(self)  # noqa: F821


def plain_object(base, body):
    """The class of those objects whose Java class is Object itself."""
    namespace = dict(
        __slots__=(), __module__=base.__module__, __qualname__=base.__qualname__, __javainterface__=False
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


_HEAP_TYPE = 1 << 9

_alive = weakref.WeakValueDictionary()


def known_exception(reference):
    return _alive.get(reference)


def new_exception(kind, reference, args, cause):
    base = kind
    while base.__flags__ & _HEAP_TYPE:
        base = base.__base__
    error = base.__new__(kind, *args)
    vars(error)["__javaobject__"] = reference
    if cause is not None:
        error.__cause__ = cause
    _alive[reference] = error
    return error
