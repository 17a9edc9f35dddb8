"""Files, archives and digests."""

from java.io import ByteArrayInputStream, ByteArrayOutputStream
from java.nio.charset import StandardCharsets
from java.nio.file import Files, Paths, StandardOpenOption
from java.security import MessageDigest
from java.util import Base64
from java.util.zip import GZIPInputStream, ZipEntry, ZipInputStream, ZipOutputStream
import gzip

folder = Files.createTempDirectory("ported")
file = folder.resolve("a.txt")
try:
    Files.write(file, ["a", "b"], StandardCharsets.UTF_8)
    assert list(Files.readAllLines(file)) == ["a", "b"]
    Files.write(file, b"hello")
    Files.writeString(file, "!", StandardOpenOption.APPEND)
    assert Files.readString(file) == "hello!" and Files.size(file) == 6
    with Files.newBufferedReader(file) as reader:
        assert reader.readLine() == "hello!"
    with Files.lines(file) as lines:
        assert lines.toList() == ["hello!"]
    Files.copy(file, folder.resolve("b.txt"))
    with Files.newDirectoryStream(folder) as found:
        assert sorted(path.getFileName().toString() for path in found) == ["a.txt", "b.txt"]
    with Files.walk(folder) as found:
        ending = found.filter(lambda path: path.getFileName().toString().endswith(".txt")).sorted()
        assert [str(path.toAbsolutePath().getFileName()) for path in ending.toList()] == ["a.txt", "b.txt"]
    assert file.toFile().getName() == "a.txt" and file.getParent() == folder
finally:
    Files.deleteIfExists(folder.resolve("b.txt"))
    Files.deleteIfExists(file)
    Files.delete(folder)
try:
    Files.readAllBytes(Paths.get("no", "such", "file"))
except FileNotFoundError:
    pass
except IOError as e:
    assert "NoSuchFile" in type(e).__name__, e

out = ByteArrayOutputStream()
archive = ZipOutputStream(out)
archive.putNextEntry(ZipEntry("a.txt"))
archive.write(b"data", 0, 4)
archive.closeEntry()
archive.close()
archive = ZipInputStream(ByteArrayInputStream(out.toByteArray()))
assert archive.getNextEntry().getName() == "a.txt"
buffer = bytearray(10)
count = archive.read(buffer, 0, len(buffer))
assert buffer[:count] == b"data"
assert GZIPInputStream(ByteArrayInputStream(gzip.compress(b"x" * 9))).readAllBytes() == b"x" * 9

digest = MessageDigest.getInstance("SHA-256")
digest.update("abc".encode())
assert digest.digest().hex().startswith("ba7816bf")
assert Base64.getEncoder().encodeToString(b"abc") == "YWJj" and Base64.getDecoder().decode("YWJj") == b"abc"
