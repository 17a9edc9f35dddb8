"""The Python half of Py4jBridge. Arguments: Java's port, Python's port. Prints "!" when it can be called."""

import logging
import sys

from py4j.clientserver import ClientServer, JavaParameters, PythonParameters
from py4j.java_collections import ListConverter, MapConverter

logging.disable(logging.CRITICAL)
names = {}


class Service:
    def eval(self, expression):
        return eval(expression, names)

    def exec(self, script):
        exec(script, names)

    def put(self, name, value):
        names[name] = value

    def get(self, name):
        return names[name]

    def ints(self):
        return ListConverter().convert(names["ints"](), gateway._gateway_client)

    def strs(self):
        return ListConverter().convert(names["strs"](), gateway._gateway_client)

    def prices(self):
        return MapConverter().convert(names["prices"](), gateway._gateway_client)

    def sumOfBytes(self, doubles):
        return names["numpy_total_of_bytes"](doubles)

    def halves(self):
        return names["halves"]().tobytes()

    def __getattr__(self, name):
        return names[name]

    class Java:
        implements = ["benchmarks.Py4jBridge$Service"]


gateway = ClientServer(
    java_parameters=JavaParameters(port=int(sys.argv[1])),
    python_parameters=PythonParameters(port=int(sys.argv[2])),
    python_server_entry_point=Service(),
)
print("!", flush=True)
