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
