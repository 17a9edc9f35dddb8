"""What refers to an object, in words, for whoever looks for a leak. Looks through all that Python's collector knows."""

import gc
from types import CellType, FrameType, FunctionType, GeneratorType, GetSetDescriptorType, MethodType, ModuleType

_OWN_FILES = "cpython-engine/"
_MOST_REFERRERS = 2
_MOST_STEPS = 3
_UNKNOWN = "what Python's garbage collector does not see: local variables of running code, or C code"

_module_of = type.__dict__["__module__"].__get__
_name_of = type.__dict__["__qualname__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_dict_of = type.__dict__["__dict__"].__get__


def type_name(kind):
    try:
        module, name = _module_of(kind), _name_of(kind)
        return str(name) if module in ("builtins", None) else f"{module}.{name}"
    except Exception:
        return "<type>"


def holders(objects):
    """For each object a tuple of texts."""
    ours = {id(objects)}
    found = [_holders(each, ours) for each in objects]
    missing = {id(each): at for at, each in enumerate(objects) if not found[at]}
    if missing:
        _in_untracked(missing, found, ours)
    return [tuple(texts) or (_UNKNOWN,) for texts in found]


def _holders(object, ours):
    found = []
    for each in _referrers(object, ours):
        try:
            found.append(_path(each, object, ours))
        except BaseException:  # hostile keys, names that are missing
            found.append(_a(each))
        if len(found) == _MOST_REFERRERS:
            break
    return found


def _in_untracked(wanted, found, ours):
    """
    The collector does not track dicts and tuples whose items it does not track, as it does not track Java's objects:
    looks for them in what it tracks.
    """
    all = gc.get_objects()
    ours.add(id(all))
    try:
        for each in all:
            if not wanted:
                break
            # a module of C may show what it has freed (asyncio's in 3.12), and its dict is among these anyway
            is_module = issubclass(type(each), ModuleType)
            if id(each) not in ours and not is_module and not _is_of_this_search(each):
                _in_parts(each, wanted, found, ours)
    finally:
        all.clear()
        each = None


def _in_parts(holder, wanted, found, ours):
    for part in gc.get_referents(holder):
        kind = type(part)
        if (kind is dict or kind is tuple) and not gc.is_tracked(part):
            for item in list(dict.values(part)) if kind is dict else part:
                at = wanted.get(id(item))
                if at is None:
                    continue
                try:
                    found[at].append(f"{_words(part, item, ours)[0]}, in {_path(holder, part, ours)}")
                except BaseException:
                    found[at].append(_a(holder))
                if len(found[at]) == _MOST_REFERRERS:
                    del wanted[id(item)]  # each takes a look at all there is


def _referrers(object, ours):
    all = gc.get_referrers(object)
    ours.add(id(all))
    try:
        for each in all:
            if id(each) not in ours and not _is_of_this_search(each):
                yield each
    finally:
        all.clear()  # both may be of the frame that has them
        each = None


def _is_of_this_search(object):
    kind = type(object)
    code = object.f_code if kind is FrameType else object.gi_code if kind is GeneratorType else None
    return code is not None and code.co_filename.startswith(_OWN_FILES)


def _path(holder, object, ours):
    steps = []
    seen = {id(object)}
    while len(steps) < _MOST_STEPS:
        words, holder = _words(holder, object, ours)
        steps.append(words)
        if holder is None:
            break
        seen.add(id(holder))
        above = [each for each in _referrers(holder, ours) if id(each) not in seen]
        if not above:
            break
        ours.add(id(above))
        object, holder = holder, min(above, key=_rank)
    return ", in ".join(steps)


def _rank(holder):
    """What says most about where it is comes first."""
    kind = type(holder)
    if kind is dict and "__name__" in holder and "__builtins__" in holder:
        return 0
    return 1 if kind in (dict, FrameType, FunctionType) else 2


def _words(holder, object, ours):
    """(text, what to look for next, or None when that is enough)"""
    kind = type(holder)
    if kind is dict:
        name = _key(holder, object)
        if "__name__" in holder and "__builtins__" in holder:
            return f"variable {name} of module {dict.get(holder, '__name__')!s}", None
        owner = _owner(holder, ours)
        if owner is not None:
            return f"attribute {name} of {_a(owner)}", owner
        return f"item {name} of a dict of {len(holder)}", holder
    if kind in (list, tuple, set, frozenset):
        return f"item of a {kind.__name__} of {len(holder)}", holder
    if kind is FrameType:
        code = holder.f_code
        return f"local variable of {code.co_name}() at {code.co_filename}:{holder.f_lineno}", None
    if kind is CellType:
        return "variable of an enclosing function", holder
    if kind is FunctionType:
        return f"function {holder.__qualname__}() of {holder.__module__}", None
    if kind is GeneratorType:
        return f"generator {holder.__qualname__}()", holder
    if kind is MethodType:
        return "bound method", holder
    if kind is ModuleType:
        return f"module {holder.__name__}", None
    if issubclass(kind, type):
        return f"class {type_name(holder)}", None
    name = _attribute(holder, object)
    return (f"attribute {name} of " if name else "") + _a(holder), holder


def _a(object):
    return f"{type_name(type(object))} object"


def _key(names, object):
    for key, value in list(dict.items(names)):
        if value is object:
            return repr(key) if type(key) in (str, int) else f"<{type_name(type(key))}>"
        if key is object:
            return "<key>"
    return "<?>"


def _owner(names, ours):
    """The object that has this dict."""
    for each in _referrers(names, ours):
        if _names(each) is names:
            return each
    return None


def _names(object):
    """Its __dict__, by the descriptor that the interpreter made, whatever the class says."""
    for base in _mro_of(type(object)):
        descriptor = _dict_of(base).get("__dict__")
        if type(descriptor) is GetSetDescriptorType:
            return descriptor.__get__(object)
    return None


def _attribute(holder, object):
    names = _names(holder)
    return _key(names, object) if type(names) is dict and any(value is object for value in names.values()) else None
