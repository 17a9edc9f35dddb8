from org.apache.logging.log4j import Level


def important(event):
    if event.getLevel().isMoreSpecificThan(Level.ERROR):
        return True
    data = event.getContextData()
    return event.getLevel() == Level.WARN and data.getValue("customer") == "gold"


important(logEvent)
