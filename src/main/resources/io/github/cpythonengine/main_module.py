"""`import __main__` sees the module of the run in progress on the calling thread.

Given by Java: main_dict(), the dict of that module or None.
"""

import os
import sys

_at_fork = None
_in_child = False


def main_names():
    return _at_fork if _in_child else main_dict()  # noqa: F821


def _before_fork():
    global _at_fork
    if not _in_child:
        _at_fork = main_dict()  # noqa: F821


def _after_fork():
    """The child goes on with the names of the run that forked: it has no Java to ask."""
    global _in_child
    _in_child = True


def install():
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_before_fork, after_in_child=_after_fork)
    main = sys.modules["__main__"]
    plain = type(main)

    class Main(plain):
        def __getattribute__(self, name):
            names = main_names()
            if names is None:
                return plain.__getattribute__(self, name)
            if name == "__dict__":
                return names
            try:
                return names[name]
            except KeyError:
                pass
            if name in ("__class__", "__getattribute__", "__dir__", "__repr__", "__reduce_ex__"):
                return plain.__getattribute__(self, name)
            supply = names.get("__getattr__")
            if supply is not None:
                return supply(name)
            raise AttributeError(f"module '__main__' has no attribute {name!r}")

        def __setattr__(self, name, value):
            names = main_names()
            if names is None:
                plain.__setattr__(self, name, value)
            else:
                names[name] = value

        def __delattr__(self, name):
            names = main_names()
            if names is None:
                plain.__delattr__(self, name)
            elif name in names:
                del names[name]
            else:
                raise AttributeError(name)

        def __dir__(self):
            names = main_names()
            return plain.__dir__(self) if names is None else sorted(names)

    Main.__name__ = Main.__qualname__ = plain.__name__
    Main.__module__ = plain.__module__
    main.__class__ = Main
