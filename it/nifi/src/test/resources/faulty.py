from java.io import IOException
from org.apache.nifi.processor.io import StreamCallback


class Faulty(StreamCallback):
    def __init__(self):
        StreamCallback.__init__(self)

    def process(self, inputStream, outputStream):
        outputStream.write(b"half")
        raise IOException("disk full")


flowFile = session.get()
flowFile = session.write(flowFile, Faulty())
session.transfer(flowFile, REL_SUCCESS)
