from java.io import BufferedReader, InputStreamReader
from java.nio.charset import StandardCharsets
from java.util import HashMap
from org.apache.nifi.processor.io import InputStreamCallback, OutputStreamCallback


class Lines(InputStreamCallback):
    def __init__(self):
        self.lines = []

    def process(self, inputStream):
        reader = BufferedReader(InputStreamReader(inputStream, StandardCharsets.UTF_8))
        line = reader.readLine()
        while line is not None:
            self.lines.append(line)
            line = reader.readLine()


class WriteLine(OutputStreamCallback):
    def __init__(self, text):
        self.text = text

    def process(self, outputStream):
        outputStream.write(self.text.encode("utf-8"))


for flowFile in session.get(10):
    separator = context.getProperty("prefix").evaluateAttributeExpressions(flowFile).getValue()
    try:
        reader = Lines()
        session.read(flowFile, reader)
        for number, line in enumerate(reader.lines, 1):
            child = session.create(flowFile)
            child = session.write(child, WriteLine(separator + line.upper()))
            attributes = HashMap()
            attributes.put("line.number", str(number))
            attributes["line.length"] = str(len(line))
            child = session.putAllAttributes(child, attributes)
            session.transfer(child, REL_SUCCESS)
        session.adjustCounter("lines", len(reader.lines), False)
        if not reader.lines:
            raise ValueError("no lines")
        session.remove(flowFile)
    except Exception as e:
        log.error("{} cannot be split: {}", flowFile.getAttribute("filename"), e)
        flowFile = session.putAllAttributes(flowFile, {"error": str(e), "size": str(flowFile.getSize())})
        session.transfer(flowFile, REL_FAILURE)
