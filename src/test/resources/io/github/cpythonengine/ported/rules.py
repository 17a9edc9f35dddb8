"""Rules and listeners as home automation scripts have them."""

from java.beans import PropertyChangeListener, PropertyChangeSupport
from java.lang import Exception as JavaException, IllegalArgumentException, RuntimeException
from java.time import DayOfWeek, Duration, LocalDate, LocalDateTime, ZonedDateTime, ZoneId
from java.time.format import DateTimeFormatter
from java.time.temporal import ChronoUnit
from java.util import ArrayList, HashMap
from java.util.function import Consumer

rules = ArrayList()


def rule(name):
    def add(cls):
        rules.add(cls())
        return cls

    return add


def when(trigger):
    def mark(function):
        function.triggers = [*getattr(function, "triggers", []), trigger]
        return function

    return mark


@rule("lights")
class Lights(Consumer):
    def __init__(self):
        self.seen = []

    def accept(self, event):
        self.seen.append(event["itemName"] + " " + event.get("itemState"))


@when("Item Light changed")
@when("Time cron 0 0 8 * * ?")
def morning(event):
    return event["itemState"]


event = HashMap()
event.put("itemName", "Light")
event.put("itemState", "ON")
for each in rules:
    each.accept(event)
rules.forEach(lambda each: each.accept(event))
assert rules.get(0).seen == ["Light ON"] * 2 and isinstance(rules[0], Lights)
after = HashMap()
rules.get(0).andThen(lambda e: after.put("state", e.get("itemState"))).accept(event)
assert after["state"] == "ON" and morning(event) == "ON" and len(morning.triggers) == 2

changes = []


class Changed(PropertyChangeListener):
    def propertyChange(self, event):
        changes.append(event.getNewValue())


support = PropertyChangeSupport("thermostat")
support.addPropertyChangeListener(Changed())
support.addPropertyChangeListener(lambda event: changes.append(event.propertyName))
support.firePropertyChange("target", 20, 21)
assert changes == [21, "target"]

now = ZonedDateTime.now(ZoneId.of("UTC"))
assert now.plusMinutes(5).isAfter(now) and now.getHour() == now.hour
assert LocalDate.of(2024, 1, 1).format(DateTimeFormatter.ofPattern("dd/MM/yyyy")) == "01/01/2024"
assert LocalDate.of(2024, 1, 1).getDayOfWeek() == DayOfWeek.MONDAY
assert ChronoUnit.DAYS.between(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 3, 1)) == 60
assert Duration.ofMinutes(90).toHours() == 1
assert LocalDateTime.of(2024, 1, 2, 3, 4).atZone(ZoneId.of("UTC")).toEpochSecond() == 1704164640

days = ArrayList([LocalDate.of(2024, 2, day) for day in (3, 1)])
assert [day.getDayOfMonth() for day in days] == [3, 1] and days[0].plusDays(1).day == days.get(0).day + 1 == 4
assert days.stream().map(lambda day: day.plusDays(1)).map(lambda day: day.getDayOfMonth()).toList() == [4, 2]
due = HashMap({"rent": days[1]})
assert due["rent"].isBefore(days[0]) and [day.getYear() for day in due.values()] == [2024]
assert due["rent"] == days[1] and [str(due[name].withDayOfYear(1)) for name in due] == ["2024-01-01"]

try:
    raise RuntimeException("outer", IllegalArgumentException("inner"))
except JavaException as e:
    assert e.getCause().getMessage() == "inner" and e.message == "outer"
