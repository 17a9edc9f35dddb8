"""What Python adds to Java's collections, maps, iterators and arrays, so that they behave as its own.

Iterating fetches many items at once. It must not be seen: what was fetched counts only until Java is called
again, which "changes" tells, a float that Java counts up in place.
"""

# ruff: noqa: F821 (functions given by Java)
import collections.abc as abc
from _thread import get_ident
from copy import deepcopy
from itertools import chain
from operator import index as as_index

changes = None


def setup(count):
    global changes
    changes = count


MOST = 4096

# How many items an iteration fetches first: more as long as iterations take all they get, but of a list of a class that is
# not the JDK's each may take its time.
_first = LEAST = 64
MOST_AT_FIRST = 1024

_chained = chain.from_iterable


# ---- iterating


def _by_index(self, fetch):
    """A list with quick access to any item, or an array: sees each change, as Python's iterator of a list."""
    return _chained(_parts_by_index(self, fetch))


def _parts_by_index(self, fetch):
    global _first
    at = 0
    want = _first if fetch is not fetch_list or type(self).__module__ == "java.util" else LEAST
    while True:
        # another thread may call Java at any time: len(items) is not the number that was fetched
        try:
            items, left, _, _, count = fetch(self, at, want)
        except Exception:
            if want == 1:
                raise
            want = max(1, want >> 3)  # what comes before the one that fails
            continue
        if not count:
            return
        seen = changes + 0.0
        got = 0
        try:
            yield left
            got = len(items)
        finally:
            items.clear()
            if got < count:
                _first = LEAST
        at += got
        if changes != seen or got < count:
            want = max(1, want >> 3)
        elif count < want:
            return
        else:
            if at == _first:
                _first = min(at * 4, MOST_AT_FIRST)
            want = min(want * 16, MOST)


def _by_iterator(cursor):
    """Any other collection: one by one as long as each is followed by a call into Java."""
    return _chained(_parts_by_iterator(cursor))


def _parts_by_iterator(cursor):
    want = 1
    while True:
        fetched = fetch_next(cursor, want)
        items, left, _, _, count = fetched
        if not count:
            return
        seen = changes + 0.0
        try:
            yield left
            rest = fetched[2]
        finally:
            items.clear()
        want = 1 if changes != seen else min(want * 8, MOST)
        if rest is not None:
            want = 1
            yield from _one_by_one(cursor, rest)


def _one_by_one(cursor, rest):
    """What was fetched before Java was called: may the iteration go on?"""
    cursor_check(cursor)
    seen = changes + 0.0
    last = len(rest) - 1
    for at, item in enumerate(rest):
        yield (item,)
        if changes != seen and at < last:
            cursor_check(cursor)
            seen = changes + 0.0


class Iterable:
    __slots__ = ()

    def __iter__(self):
        return iterator(self)


class Iterator:
    __slots__ = ()

    def __iter__(self):
        return self

    def __next__(self):
        item = iterator_next(self)
        if item is END:
            raise StopIteration
        return item


class _End:
    __slots__ = ()

    def __repr__(self):
        return "<nothing>"


END = _End()


class Enumeration(Iterator):
    __slots__ = ()
    __iter__ = Iterator.__iter__
    __next__ = Iterator.__next__


class BaseStream:
    __slots__ = ()

    def __iter__(self):
        return iterator(self)


# ---- collections


class Collection:
    __slots__ = ()

    def __len__(self):
        return size(self)

    def __contains__(self, item):
        return contains(self, item)

    def __iter__(self):
        return _by_iterator(cursor(self))

    def __bool__(self):
        return size(self) != 0

    def __repr__(self):
        return _shown(self, lambda: repr(list(self)))

    def __copy__(self):
        return _copied(self)

    def __deepcopy__(self, memo):
        made = memo[id(self)] = _copied(self)
        items = [deepcopy(item, memo) for item in self]
        made.clear()
        made.addAll(items)
        return made


def _copied(self):
    """Another one of the same class with the same items."""
    clone = getattr(self, "clone", None)
    try:
        return type(self)(self) if clone is None else clone()
    except TypeError:
        raise TypeError(
            f"cannot copy {type(self).__javaname__}: it has neither a public clone() nor a constructor for it; "
            "list(x) and dict(x) are copies"
        ) from None


_showing = set()


def _shown(self, inner):
    key = id(self), get_ident()
    if key in _showing:
        return "..."
    _showing.add(key)
    try:
        return f"<{type(self).__qualname__} {inner()}>"
    finally:
        _showing.discard(key)


def _is_list(other):
    return isinstance(other, list) or is_list(other)


class List:
    __slots__ = ()
    _register = abc.MutableSequence.register

    def __iter__(self):
        if hasattr(type(self), "__randomaccess__"):
            return _by_index(self, fetch_list)
        return _by_iterator(cursor(self))

    def __getitem__(self, key):
        if type(key) is int:
            return list_get(self, key)
        if isinstance(key, slice):
            return _slice(self, key, list_items)
        return list_get(self, _position(key))

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            values = list(value)
            start, stop, step = key.indices(size(self))
            if step == 1:
                list_replace(self, start, max(start, stop), values)
                return
            _same_length(range(start, stop, step), values, "extended slice")
            list_set_each(self, start, step, values)
        else:
            list_set(self, _position(key), value)

    def __delitem__(self, key):
        if isinstance(key, slice):
            places = range(*key.indices(size(self)))
            if places.step < 0:
                places = places[::-1]
            if places:
                list_delete(self, places.start, places.step, len(places))
        else:
            list_remove_at(self, _position(key))

    def __reversed__(self):
        return iter(list(self)[::-1])

    def __eq__(self, other):
        if self is other:
            return True
        if not _is_list(other):
            return NotImplemented
        return list(self) == list(other)

    def __lt__(self, other):
        return list(self) < list(other) if _is_list(other) else NotImplemented

    def __le__(self, other):
        return list(self) <= list(other) if _is_list(other) else NotImplemented

    def __gt__(self, other):
        return list(self) > list(other) if _is_list(other) else NotImplemented

    def __ge__(self, other):
        return list(self) >= list(other) if _is_list(other) else NotImplemented

    def __hash__(self):
        return hash_code(self)

    def __add__(self, other):
        return list(self) + list(other) if _is_list(other) else NotImplemented

    def __radd__(self, other):
        return list(other) + list(self) if _is_list(other) else NotImplemented

    def __iadd__(self, other):
        list_extend(self, list(other))
        return self

    def __mul__(self, times):
        return list(self) * times

    __rmul__ = __mul__

    def __imul__(self, times):
        values = list(self) * times
        list_replace(self, 0, size(self), values)
        return self

    def append(self, item):
        list_insert(self, size(self), item)

    def extend(self, items):
        list_extend(self, list(items))

    def insert(self, position, item):
        length = size(self)
        position = as_index(position)
        if position < 0:
            position = max(0, position + length)
        list_insert(self, min(position, length), item)

    def pop(self, *position):
        """The item at a position; without one the last, or of a Deque the first, as in Java."""
        if not position:
            return list_pop(self)
        (place,) = position
        return list_remove_at(self, _position(place))

    def remove(self, item):
        """Removes the first item that equals this one, also when it is an int."""
        if not list_remove(self, item):
            hint = "; pop(position) removes by position" if type(item) is int else ""
            raise ValueError(f"{item!r} is not in the list{hint}")
        return True

    def index(self, item, start=0, stop=None):
        if start == 0 and stop is None:
            found = list_index(self, item)
            if found >= 0:
                return found
        items = list(self)
        return items.index(item, start, len(items) if stop is None else stop)

    def count(self, item):
        return list(self).count(item)

    def reverse(self):
        list_reverse(self)

    def sort(self, comparator=None, *, key=None, reverse=False):
        """As Python's; with one argument as Java's, by a Comparator (None for the natural order)."""
        items = list(self)
        if comparator is not None:
            from functools import cmp_to_key

            key = cmp_to_key(comparator if callable(comparator) else comparator.compare)
        order = range(len(items))
        keys = items if key is None else [key(item) for item in items]
        list_permute(self, sorted(order, key=keys.__getitem__, reverse=reverse))

    def copy(self):
        return list(self)


def _position(key):
    try:
        return as_index(key)
    except TypeError:
        raise TypeError(f"indices must be integers or slices, not {type(key).__name__}") from None


def _slice(self, key, fetch):
    start, stop, step = key.indices(max(0, size(self)))
    if step == 1:
        return fetch(self, start, max(0, stop - start))
    places = range(start, stop, step)
    if not places:
        return []
    low = min(places[0], places[-1])
    items = fetch(self, low, max(places[0], places[-1]) - low + 1)
    return [items[place - low] for place in places]


def _same_length(places, values, what):
    if len(places) != len(values):
        raise ValueError(f"attempt to assign sequence of size {len(values)} to {what} of size {len(places)}")


class RandomAccess:
    __slots__ = ()
    __randomaccess__ = True


def _is_set(other):
    return isinstance(other, abc.Set)


class Set:
    __slots__ = ()
    _register = abc.MutableSet.register

    def __eq__(self, other):
        if self is other:
            return True
        return set(self) == set(other) if _is_set(other) else NotImplemented

    def __hash__(self):
        return hash_code(self)

    def __le__(self, other):
        return set(self) <= set(other) if _is_set(other) else NotImplemented

    def __lt__(self, other):
        return set(self) < set(other) if _is_set(other) else NotImplemented

    def __ge__(self, other):
        return set(self) >= set(other) if _is_set(other) else NotImplemented

    def __gt__(self, other):
        return set(self) > set(other) if _is_set(other) else NotImplemented

    def __or__(self, other):
        return set(self) | set(other) if _is_set(other) else NotImplemented

    def __and__(self, other):
        return set(self) & set(other) if _is_set(other) else NotImplemented

    def __sub__(self, other):
        return set(self) - set(other) if _is_set(other) else NotImplemented

    def __rsub__(self, other):
        return set(other) - set(self) if _is_set(other) else NotImplemented

    def __xor__(self, other):
        return set(self) ^ set(other) if _is_set(other) else NotImplemented

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __ior__(self, other):
        if not _is_set(other):
            return NotImplemented
        self.update(other)
        return self

    def __iand__(self, other):
        if not _is_set(other):
            return NotImplemented
        self.intersection_update(other)
        return self

    def __isub__(self, other):
        if not _is_set(other):
            return NotImplemented
        self.difference_update(other)
        return self

    def __ixor__(self, other):
        if not _is_set(other):
            return NotImplemented
        self.symmetric_difference_update(other)
        return self

    def discard(self, item):
        collection_remove(self, item)

    def remove(self, item):
        if not collection_remove(self, item):
            raise KeyError(item)
        return True

    def pop(self):
        item = collection_pop(self)
        if item is END:
            raise KeyError("pop from an empty set")
        return item

    def isdisjoint(self, other):
        return set(self).isdisjoint(other)

    def issubset(self, other):
        return set(self).issubset(other)

    def issuperset(self, other):
        return set(self).issuperset(other)

    def union(self, *others):
        return set(self).union(*others)

    def intersection(self, *others):
        return set(self).intersection(*others)

    def difference(self, *others):
        return set(self).difference(*others)

    def symmetric_difference(self, other):
        return set(self).symmetric_difference(other)

    def update(self, *others):
        for other in others:
            list_extend(self, list(other))

    def difference_update(self, *others):
        for other in others:
            collection_remove_all(self, list(other))

    def intersection_update(self, *others):
        collection_remove_all(self, list(set(self).difference(set(self).intersection(*others))))

    def symmetric_difference_update(self, other):
        other = set(other)
        both = set(self) & other
        list_extend(self, list(other - both))
        collection_remove_all(self, list(both))

    def copy(self):
        return set(self)


# ---- maps

_NOT_GIVEN = object()


def _pairs(self):
    return _chained(_parts_of_pairs(self, zip))


def _parts_of_pairs(self, joined, ahead=None):
    """Fetches keys and values together, and tells ahead what it has fetched."""
    cursor = entry_cursor(self)
    want = 1
    while True:
        fetched = fetch_pairs(cursor, want)
        keys, left, _, values, count = fetched
        seen = changes + 0.0
        if ahead is not None and len(keys) == count:
            ahead.add(keys, values, seen)
        if not count:
            return
        try:
            yield joined(left, values)
            rest = fetched[2]
            if rest is not None:
                rest = [*joined(rest, values[len(keys) :])]
        finally:
            keys.clear()
            values.clear()
        want = 1 if changes != seen else min(want * 8, MOST)
        if rest is not None:
            want = 1
            yield from _one_by_one(cursor, rest)


def _keys_alone(keys, values):
    return keys


class _Ahead:
    """The entries that the last iteration over a map's keys has fetched, for those who ask for the values next."""

    __slots__ = "mapping", "keys", "values", "pairs", "count"

    def __init__(self, mapping):
        self.mapping = mapping
        self.pairs = ()
        self.count = -1.0

    def add(self, keys, values, count):
        # the fetch itself counted one
        if count != self.count + 1 or self.pairs == () or len(self.keys) > 100_000:
            self.keys = keys[:]
            self.values = values[:]
            self.pairs = zip(self.keys, self.values)
        else:
            self.keys += keys
            self.values += values
        self.count = count


_nothing_ahead = _Ahead(None)
_ahead = _nothing_ahead


def drop_ahead():
    global _ahead
    _ahead = _nothing_ahead


class _Keys(abc.KeysView):
    __slots__ = ()

    def __iter__(self):
        global _ahead
        _ahead = ahead = _Ahead(self._mapping)
        return _chained(_parts_of_pairs(self._mapping, _keys_alone, ahead))

    def __repr__(self):
        return f"keys({list(self)!r})"


class _Items(abc.ItemsView):
    __slots__ = ()

    def __iter__(self):
        return _pairs(self._mapping)

    def __repr__(self):
        return f"items({list(self)!r})"


class Map:
    __slots__ = ()
    _register = abc.MutableMapping.register

    def __len__(self):
        return map_size(self)

    def __bool__(self):
        return map_size(self) != 0

    def __contains__(self, key):
        return map_contains(self, key)

    def __iter__(self):
        return iter(_Keys(self))

    def __getitem__(self, key):
        known = _ahead
        if known.mapping is self and known.count == changes:
            for fetched, value in known.pairs:
                if fetched is key:
                    return value
            known.pairs = ()
        value = map_get(self, key)
        if value is END:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        map_put(self, key, value)

    def __delitem__(self, key):
        if map_remove(self, key) is END:
            raise KeyError(key)

    def __repr__(self):
        return _shown(self, lambda: repr(dict(_pairs(self))))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, abc.Mapping):
            return NotImplemented
        return dict(_pairs(self)) == dict(other.items())

    def __hash__(self):
        return hash_code(self)

    def __or__(self, other):
        if not isinstance(other, abc.Mapping):
            return NotImplemented
        return {**self, **other}

    def __ror__(self, other):
        if not isinstance(other, abc.Mapping):
            return NotImplemented
        return {**other, **self}

    def __ior__(self, other):
        self.update(other)
        return self

    def keys(self):
        return _Keys(self)

    def items(self):
        return _Items(self)

    def get(self, key, default=None):
        value = map_get(self, key)
        return default if value is END else value

    def pop(self, key, default=_NOT_GIVEN):
        value = map_remove(self, key)
        if value is not END:
            return value
        if default is _NOT_GIVEN:
            raise KeyError(key)
        return default

    def popitem(self):
        pair = map_pop(self)
        if pair is END:
            raise KeyError("popitem(): the map is empty")
        return pair[0], pair[1]

    def setdefault(self, key, default=None):
        value = map_get(self, key)
        if value is END:
            map_put(self, key, default)
            return default
        return value

    def update(self, other=(), /, **names):
        pairs = dict(other)
        pairs.update(names)
        map_put_all(self, [part for pair in pairs.items() for part in pair])

    def copy(self):
        return dict(_pairs(self))

    def __copy__(self):
        return _copied(self)

    def __deepcopy__(self, memo):
        made = memo[id(self)] = _copied(self)
        for key, value in dict(_pairs(self)).items():
            made.put(key, deepcopy(value, memo))
        return made


class Optional:
    """A value or none: true, of one item, or false and empty."""

    __slots__ = ()

    def __bool__(self):
        return self.isPresent()

    def __len__(self):
        return int(self.isPresent())

    def __iter__(self):
        if self.isPresent():
            yield self.orElseThrow()


class Entry:
    __slots__ = ()
    __match_args__ = "key", "value"

    def __iter__(self):
        return iter(entry(self))

    def __len__(self):
        return 2

    def __getitem__(self, key):
        return entry(self)[key]


# ---- arrays

# what memoryviews call items that can be copied as they are: letters, and bytes of an item
_MEMORY = {
    "boolean[]": ("?", 1),
    "byte[]": ("b", 1),
    "short[]": ("h", 2),
    "char[]": ("H", 2),
    "int[]": ("il", 4),
    "long[]": ("lq", 8),
    "float[]": ("f", 4),
    "double[]": ("d", 8),
}


_PRIMITIVES = {name[:-2] for name in _MEMORY}


def _item_type(array):
    return type(array).__name__.replace("[]", "")


def _memory(array, value):
    """The memory of a value with one axis, and whether it can be copied into a Java array as it is."""
    try:
        view = memoryview(value)
    except (TypeError, ValueError, BufferError):
        return None, False
    if view.ndim != 1:
        return None, False
    name = type(array).__name__
    if name == "byte[]" and isinstance(value, (bytes, bytearray)):
        return view, True
    letters, size = _MEMORY.get(name, ("", 0))
    return view, view.itemsize == size and view.format in letters


class Array:
    __slots__ = ()
    _register = abc.Sequence.register

    def __len__(self):
        return size(self)

    def __bool__(self):
        return size(self) != 0

    def __iter__(self):
        return _by_index(self, fetch_array)

    def __contains__(self, item):
        return item in array_items(self, 0, size(self))

    def __getitem__(self, key):
        if type(key) is int:
            return array_get(self, key)
        if isinstance(key, slice):
            return _slice(self, key, array_items)
        return array_get(self, _position(key))

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            start, stop, step = key.indices(size(self))
            view, alike = _memory(self, value)
            if view is None:
                values = list(value)
            elif alike and step == 1:
                values = view
            else:
                values = value.tolist() if hasattr(value, "tolist") else list(value)
            _same_length(range(start, stop, step), values, "a slice of an array, which keeps its length,")
            if alike and step == 1:
                array_fill(self, start, view if view.contiguous else view.tobytes())
            else:
                array_set(self, start, step, values)
        else:
            array_set_item(self, _position(key), value)

    def __reversed__(self):
        return iter(array_items(self, 0, size(self))[::-1])

    def __eq__(self, other):
        if self is other:
            return True
        if isinstance(other, (list, tuple)) or is_array(other):
            return list(self) == list(other)
        return NotImplemented

    def __hash__(self):
        return hash_code(self)

    def __add__(self, other):
        if isinstance(other, (list, tuple)) or is_array(other):
            return list(self) + list(other)
        return NotImplemented

    def __radd__(self, other):
        return list(other) + list(self) if isinstance(other, (list, tuple)) else NotImplemented

    def __repr__(self):
        return _shown(self, lambda: repr(list(self)))

    def __str__(self):
        return _shown(self, lambda: repr(list(self)))

    def __format__(self, spec):
        return format(str(self), spec)

    def __bytes__(self):
        """The memory of an array of numbers."""
        return array_bytes(self) if _item_type(self) in _PRIMITIVES else bytes(list(self))

    def __array__(self, dtype=None, copy=None):
        """For numpy.asarray, where the array is no block of memory: an array of objects."""
        import numpy

        if _item_type(self) in _PRIMITIVES and dtype != object:
            raise ValueError(
                f"the rows of this {type(self).__name__} differ in length, or are null; dtype=object gives an array of rows"
            )
        made = numpy.empty(size(self), dtype=object)
        for place, item in enumerate(self):
            made[place] = item
        return made if dtype is None else made.astype(dtype, copy=False)

    @property
    def length(self):
        return size(self)

    def index(self, item, *bounds):
        return list(self).index(item, *bounds)

    def count(self, item):
        return list(self).count(item)

    def copy(self):
        return list(self)

    def __copy__(self):
        return type(self)(list(self))

    def __deepcopy__(self, memo):
        made = memo[id(self)] = type(self)(list(self))
        made[:] = [deepcopy(item, memo) for item in self]
        return made


# ---- many values at once


def numbers(view, kind):
    with view, view.cast(kind) as words:
        return words.tolist()


def as_list(items):
    return items if type(items) is list else list(items)


def texts(joined):
    return joined.split("\1")


# ---- arrays that stood for Python's objects during a call


def can_be_written(target):
    kind = type(target)
    return hasattr(kind, "__setitem__") and hasattr(kind, "__len__") and not isinstance(target, abc.Mapping)


def write_back(target, places, values):
    """Puts what Java wrote into the array where it belongs; bytes are signed in Java."""
    if isinstance(target, memoryview) and target.format == "c":
        target = target.cast("B")
    signless = isinstance(target, bytearray) or "B" in (getattr(target, "format", ""), getattr(target, "typecode", ""))
    for place, value in zip(places, values):
        if place >= len(target):  # it has become shorter meanwhile
            break
        target[place] = value & 255 if signless else value
