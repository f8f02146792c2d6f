"""A chart as GraphML: what Gephi, yEd and other programmes read."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
NODE_FIELDS = ("title", "kind", "kind_label", "reference", "standing", "day")
EDGE_FIELDS = ("role", "day")


def write_graphml(chart: dict[str, Any]) -> bytes:
    """Write a chart's nodes and edges with their words."""
    root = Element("graphml", {"xmlns": NAMESPACE})
    for part, names in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        for name in names:
            attributes = {"id": f"{part}_{name}", "for": part, "attr.name": name, "attr.type": "string"}
            SubElement(root, "key", attributes)
    graph = SubElement(root, "graph", {"edgedefault": "directed"})
    for node in chart["nodes"]:
        _write_data(SubElement(graph, "node", {"id": node["id"]}), "node", node, NODE_FIELDS)
    for number, edge in enumerate(chart["edges"]):
        attributes = {"id": f"e{number}", "source": edge["source"], "target": edge["target"]}
        _write_data(SubElement(graph, "edge", attributes), "edge", edge, EDGE_FIELDS)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _write_data(element: Element, part: str, values: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if values[name]:
            SubElement(element, "data", {"key": f"{part}_{name}"}).text = _readable(str(values[name]))


def _readable(text: str) -> str:
    """Leave out the control characters that XML cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\t\n")
