import sys

print(sys.implementation.name, "in a file says", greeting)
