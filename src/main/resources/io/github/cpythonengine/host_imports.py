"""Java packages as Python modules: import java.util, from java.util import ArrayList. NumPy from Maven."""

# ruff: noqa: F821 (functions given by Java)
import builtins
import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec, PathFinder
from types import ModuleType

_in_child = False  # of os.fork(), where there is no Java: only what Java told before


class JavaPackage(ModuleType):
    """A Java package. Its classes are looked up each time, by the class loaders of that moment."""

    def __getattr__(self, name):
        _refuse_in_child(self, name)
        if name == "__all__":
            return package_names(self.__name__)
        if name[:2] != "__":
            found = package_class(self.__name__, name)
            if found is not None:
                return found
            inner = f"{self.__name__}.{name}"
            if is_package(inner):
                __import__(inner)
                return sys.modules[inner]
        raise AttributeError(f"Java package {self.__name__} has no class or package {name!r}")

    def __setattr__(self, name, value):
        # the import system sets what it imported in the package; there the class itself is wanted
        if not isinstance(value, JavaClassModule):
            ModuleType.__setattr__(self, name, value)

    def __dir__(self):
        return sorted({*ModuleType.__dir__(self), *package_names(self.__name__)})

    def __repr__(self):
        return f"<java package {self.__name__!r}>"


class JavaClassModule(ModuleType):
    """What "import java.util.Map" and "from java.util.Map import Entry" import for a class."""

    def __getattr__(self, name):
        _refuse_in_child(self, name)
        package, _, simple = self.__name__.rpartition(".")
        if name == "__all__":
            return static_names(package, simple)
        found = package_class(package, simple)
        if name[:2] == "__" or found is None:
            raise AttributeError(f"Java class {self.__name__} has no {name!r}")
        return getattr(found, name)

    def __repr__(self):
        return f"<java class {self.__name__!r} as a module>"


def _refuse_in_child(module, name):
    if _in_child:
        raise AttributeError(f"{module.__name__}.{name}: a forked process has no Java")


class JavaFinder:
    """The last entry of sys.meta_path: Python's own modules go first."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if _in_child:
            return None
        parent = name.rpartition(".")[0]
        if parent and not isinstance(sys.modules.get(parent), JavaPackage):
            return None
        if is_package(name):
            return ModuleSpec(name, JavaFinder, is_package=True)
        if parent and package_class(parent, name[len(parent) + 1 :]) is not None:
            return ModuleSpec(name, JavaFinder)
        return None

    @staticmethod
    def create_module(spec):
        return JavaClassModule(spec.name) if spec.submodule_search_locations is None else JavaPackage(spec.name)

    @staticmethod
    def exec_module(module):
        pass

    @staticmethod
    def invalidate_caches():
        pass


class NumpyFinder:
    """The NumPy that Maven brings, for a Python that has none: unpacked when it is first looked for."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "numpy":
            return None
        folder = _for_child.folder if _in_child else numpy_folder(EXTENSION_SUFFIXES[0])
        if folder is None:
            return None
        if folder not in sys.path:
            sys.path.append(folder)
        return PathFinder.find_spec(name, [folder], target)

    @staticmethod
    def invalidate_caches():
        pass


class LinalgFinder:
    """The first entry of sys.meta_path: sees to it that NumPy gets the stack that it needs."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "numpy.linalg._umath_linalg":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None:
            spec.loader = _LinalgLoader(spec.loader)
        return spec

    @staticmethod
    def invalidate_caches():
        pass


class _LinalgLoader:
    def __init__(self, loader):
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        guard = _for_child.guard if _in_child else numpy_guard()
        guard(module)

    def __getattr__(self, name):
        return getattr(self.loader, name)


class _ForChild:
    """What a child needs to import NumPy, asked for while there is Java."""

    guard = None
    folder = None

    def __init__(self):
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self.prepare, after_in_child=self.without_java)

    def prepare(self):
        if _in_child or self.guard is not None:
            return
        if "numpy" not in sys.modules and PathFinder.find_spec("numpy") is None:
            self.folder = numpy_folder(EXTENSION_SUFFIXES[0])
        self.guard = numpy_guard()

    @staticmethod
    def without_java():
        global _in_child
        _in_child = True


def install():
    global _for_child
    _for_child = _ForChild()
    sys.meta_path.insert(0, LinalgFinder)
    sys.meta_path += [NumpyFinder, JavaFinder]
    linalg = sys.modules.get("numpy.linalg._umath_linalg")
    if linalg is not None:
        numpy_guard()(linalg)
    if not hasattr(builtins, "java_type"):
        builtins.java_type = java_type
