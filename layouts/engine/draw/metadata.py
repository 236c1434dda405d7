"""What a PDF says about itself: the XMP packet that claims PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path

from ..records import dataclass

PRODUCER = "Clinic Handouts (ReportLab)"


@dataclass(frozen=True)
class Metadata:
    """A document's description. `day` is its creation date: the content's, never the clock's."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    day: date


def srgb_profile() -> bytes:
    """The sRGB colour profile of the output intent: littleCMS's own, its date set to 2000-01-01."""
    return (Path(__file__).with_name("srgb.icc")).read_bytes()


def xmp(meta: Metadata, *, archival: bool = True) -> bytes:
    """The XMP packet; `archival` claims PDF/A-2a besides PDF/UA-1. Dublin Core, XMP basic, pdfuaid, pdfaid."""
    day = f"{meta.day:%Y-%m-%d}T00:00:00Z"
    pdfa = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" if archival else ""
    text = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(meta.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(meta.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(meta.subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(meta.language)}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Keywords>{escape(meta.keywords)}</pdf:Keywords>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdfuaid:part>1</pdfuaid:part>{pdfa}</rdf:Description>{_EXTENSION if archival else ""}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return text.encode("utf-8")


# PDF/A admits only schemas that it knows; pdfuaid has to be described (ISO 19005-2, 6.6.2.3).
_EXTENSION = (
    '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
