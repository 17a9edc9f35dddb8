"""`import __main__` sees the module of the run in progress on the calling thread.

Given by Java: main_dict(), the dict of that module or None.
"""

import os
import sys


def install():
    main = sys.modules["__main__"]
    plain = type(main)
    current_dict = main_dict  # noqa: F821

    def keep():
        """A forked child has no Java to ask: there it stays the module of the run that forked."""
        nonlocal current_dict
        names = main_dict()  # noqa: F821
        current_dict = lambda: names

    def go_on():
        nonlocal current_dict
        current_dict = main_dict  # noqa: F821

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=keep, after_in_parent=go_on)

    class Main(plain):
        def __getattribute__(self, name):
            names = current_dict()
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
            names = current_dict()
            if names is None:
                plain.__setattr__(self, name, value)
            else:
                names[name] = value

        def __delattr__(self, name):
            names = current_dict()
            if names is None:
                plain.__delattr__(self, name)
            elif name in names:
                del names[name]
            else:
                raise AttributeError(name)

        def __dir__(self):
            names = main_dict()  # noqa: F821
            return plain.__dir__(self) if names is None else sorted(names)

    Main.__name__ = Main.__qualname__ = plain.__name__
    Main.__module__ = plain.__module__
    main.__class__ = Main
