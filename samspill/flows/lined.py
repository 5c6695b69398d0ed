"""YAML that remembers on which line everything stood."""

from typing import Any

import yaml

from samspill.flows.problems import FlowProblems, Problem

LARGEST = 300_000


class Lined(dict[str, Any]):
    """A mapping with the line it starts on and the line of each of its keys."""

    line: int = 0
    lines: dict[str, int]

    def line_of(self, key: str) -> int:
        """Where this key stands, or the mapping itself."""
        return self.lines.get(key, self.line)


def read_documents(text: str, file: str) -> list[Any]:
    """Every YAML document of a file; raises FlowProblems when it is no YAML."""
    if len(text) > LARGEST:
        raise FlowProblems([Problem(file, 0, f"The file is too large: at most {LARGEST} characters.")])
    try:
        nodes = list(yaml.compose_all(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise FlowProblems([_not_yaml(error, file)]) from error
    return [_build(node, file, 0) for node in nodes if node is not None]


def _not_yaml(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "cannot be read"
    hint = "Check the indentation, and put sentences with a colon, or inside { }, in quotes."
    return Problem(file, mark.line + 1 if mark else 0, f"This is not valid YAML ({said}). {hint}")


def _build(node: yaml.Node, file: str, depth: int) -> Any:
    if depth > 40:
        raise FlowProblems([Problem(file, node.start_mark.line + 1, "Too many levels inside each other.")])
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, file, depth + 1) for item in node.value]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, file: str, depth: int) -> Lined:
    built = Lined()
    built.line = node.start_mark.line + 1
    built.lines = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in built:
            raise FlowProblems([Problem(file, line, f"“{key}” is written twice here; keep one.")])
        built[key] = _build(value_node, file, depth + 1)
        built.lines[key] = line
    return built


def _scalar(node: yaml.Node) -> Any:
    # Only plain true and false are special: `no`, `on` and country codes stay the words people typed.
    if getattr(node, "style", None) is None and node.value in ("true", "false"):
        return node.value == "true"
    return str(node.value)
