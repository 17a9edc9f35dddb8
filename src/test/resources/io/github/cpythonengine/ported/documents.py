"""XML by DOM, XPath and SAX."""

from java.io import StringReader, StringWriter
from javax.xml.parsers import DocumentBuilderFactory, SAXParserFactory
from javax.xml.transform import OutputKeys, TransformerFactory
from javax.xml.transform.dom import DOMSource
from javax.xml.transform.stream import StreamResult
from javax.xml.xpath import XPathConstants, XPathFactory
from org.xml.sax import ContentHandler, InputSource

source = InputSource(StringReader("<a x='1'><b>t</b><b>u</b></a>"))
document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source)
assert document.getDocumentElement().getAttribute("x") == "1"
nodes = document.getElementsByTagName("b")
assert [nodes.item(i).getTextContent() for i in range(nodes.getLength())] == ["t", "u"]
assert document.documentElement.firstChild.textContent == "t"

xpath = XPathFactory.newInstance().newXPath()
assert xpath.evaluate("/a/b[2]", document) == "u"
assert xpath.compile("count(//b)").evaluate(document, XPathConstants.NUMBER) == 2.0

writer = StringWriter()
transformer = TransformerFactory.newInstance().newTransformer()
transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes")
transformer.transform(DOMSource(document), StreamResult(writer))
assert "<b>t</b>" in writer.toString()


class Names(ContentHandler):
    def __init__(self):
        self.seen = []

    def startElement(self, uri, localName, qName, attributes):
        self.seen.append(qName)

    def characters(self, characters, start, length):
        self.seen.append("".join(characters[start : start + length]))

    def ignore(self, *arguments):
        pass

    startDocument = endDocument = endElement = setDocumentLocator = ignore
    startPrefixMapping = endPrefixMapping = ignorableWhitespace = processingInstruction = skippedEntity = ignore


names = Names()
reader = SAXParserFactory.newInstance().newSAXParser().getXMLReader()
reader.setContentHandler(names)
reader.parse(InputSource(StringReader("<a><b>hi</b></a>")))
assert names.seen == ["a", "b", "hi"]
