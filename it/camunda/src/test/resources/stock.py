from java.lang import IllegalStateException
from org.camunda.bpm.engine.delegate import BpmnError


def take(items, stock):
    for item, number in items.items():
        if number < 0:
            raise IllegalStateException(f"{number} {item}")
        if number > stock.get(item, 0):
            raise BpmnError("out-of-stock", f"{stock.get(item, 0)} {item} left of {number}")
        stock[item] = stock.get(item, 0) - number
    return stock


left = take(items, {"tea": 10, "milk": 10})
execution.setVariable("left", left["tea"])
