"""What views of subclasses do by Python's own protocol, so that overridden methods count."""


def set_slice(target, start, stop, items):
    target[start:stop] = items


def del_slice(target, start, stop):
    del target[start:stop]


def keys(mapping):
    return list(mapping.keys())


def keys_and_values(mapping):
    pairs = list(mapping.items())
    return [key for key, _ in pairs], [value for _, value in pairs]


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
