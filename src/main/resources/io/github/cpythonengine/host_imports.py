"""Java packages as Python modules: import java.util, from java.util import ArrayList."""

# ruff: noqa: F821 (functions given by Java)
import builtins
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType


class JavaPackage(ModuleType):
    """A Java package. Its classes are looked up each time, by the class loaders of that moment."""

    def __getattr__(self, name):
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

    def __dir__(self):
        return sorted({*ModuleType.__dir__(self), *package_names(self.__name__)})

    def __repr__(self):
        return f"<java package {self.__name__!r}>"


class JavaFinder:
    """The last entry of sys.meta_path: Python's own modules go first."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        parent = name.rpartition(".")[0]
        if parent and not isinstance(sys.modules.get(parent), JavaPackage):
            return None
        if not is_package(name):
            return None
        return ModuleSpec(name, JavaFinder, is_package=True)

    @staticmethod
    def create_module(spec):
        return JavaPackage(spec.name)

    @staticmethod
    def exec_module(module):
        pass

    @staticmethod
    def invalidate_caches():
        pass


def install():
    sys.meta_path.append(JavaFinder)
    if not hasattr(builtins, "java_type"):
        builtins.java_type = java_type
