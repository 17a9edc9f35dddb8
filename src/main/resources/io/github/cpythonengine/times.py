"""The parts of dates and times, and dates and times of parts."""


def begin(real):
    """Called once; real gives the classes of the standard library."""
    global date, time, datetime, timedelta, timezone, _class
    _class = real
    date, time, datetime, timedelta, timezone = (
        real("datetime", name) for name in ("date", "time", "datetime", "timedelta", "timezone")
    )


def date_parts(value):
    return value.year, value.month, value.day


def datetime_parts(value):
    """year ... microsecond, offset in seconds, zone key; or None where java.time has no equal"""
    zone = _zone_parts(value.tzinfo, value)
    if zone is None or value.fold and zone[1] is None or _has_nanoseconds(value):
        return None
    clock = (value.hour, value.minute, value.second, value.microsecond)
    return date_parts(value) + clock + zone + (value.fold,)


def time_parts(value):
    """hour ... microsecond, offset in seconds; or None where java.time has no equal"""
    zone = _zone_parts(value.tzinfo, None)
    if zone is None or zone[1] is not None or value.fold:
        return None
    return value.hour, value.minute, value.second, value.microsecond, zone[0]


def wall_parts(value):
    """datetime_parts by the offset alone, for a datetime with any tzinfo; None without an offset"""
    offset = _offset_seconds(value.utcoffset())
    if offset is None or _has_nanoseconds(value):
        return None
    clock = (value.hour, value.minute, value.second, value.microsecond)
    return date_parts(value) + clock + (offset, None, 0)


def timedelta_parts(value):
    return value.days, value.seconds, value.microseconds


def zone_parts(value):
    return _zone_parts(value, None)


def _has_nanoseconds(value):
    """A pandas.Timestamp may have."""
    return bool(getattr(value, "nanosecond", 0))


def kind(value):
    """Which class of datetime an object of any subclass is of, else ''"""
    for kind in (datetime, date, time, timedelta):
        if isinstance(value, kind):
            return kind.__name__
    return ""


def _zone_parts(tzinfo, when):
    """(offset in seconds, None), (offset or None, key) of a ZoneInfo, (None, None) for no zone; or None"""
    if tzinfo is None:
        return None, None
    if type(tzinfo) is timezone:
        offset = _offset_seconds(tzinfo.utcoffset(None))
        return None if offset is None else (offset, None)
    if type(tzinfo) is not _class("zoneinfo", "ZoneInfo") or not tzinfo.key:
        return None
    if when is None:
        return None, tzinfo.key
    offset = _offset_seconds(tzinfo.utcoffset(when))
    return None if offset is None else (offset, tzinfo.key)


def _offset_seconds(offset):
    """Java's offsets are whole seconds of at most 18 hours."""
    if offset is None or offset.microseconds:
        return None
    seconds = offset.days * 86400 + offset.seconds
    return seconds if abs(seconds) <= 18 * 3600 else None


def make_date(year, month, day):
    return date(year, month, day)


def make_time(hour, minute, second, microsecond, offset):
    return time(hour, minute, second, microsecond, make_zone(offset, None))


def make_datetime(year, month, day, hour, minute, second, microsecond, offset, key, fold):
    zone = make_zone(offset, key)
    made = datetime(year, month, day, hour, minute, second, microsecond, zone, fold=fold)
    if key is not None and made.utcoffset() != timedelta(seconds=offset):
        raise ValueError(
            f"the time zone data of Java and Python differ: {made} is {timedelta(seconds=offset)} from UTC in Java; "
            "convert to an OffsetDateTime first"
        )
    return made


def make_timedelta(days, seconds, microseconds):
    return timedelta(days, seconds, microseconds)


def make_zone(offset, key):
    """offset: that of a zone without changes, or None"""
    if key is not None:
        zone = find_zone(key)
        if zone is None:
            raise LookupError(f"Python has no time zone data for {key!r}: install the package tzdata")
        return zone
    if offset is None:
        return None
    return timezone.utc if offset == 0 else timezone(timedelta(seconds=offset))


def find_zone(key):
    try:
        return _class("zoneinfo", "ZoneInfo")(key)
    except (LookupError, ValueError):
        return None


def has_zone(key):
    return find_zone(key) is not None
