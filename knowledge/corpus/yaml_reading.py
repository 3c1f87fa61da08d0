"""YAML in: fast for loading, with positions for messages. Dates stay as written; nothing else than data is built."""

from collections.abc import Hashable
from dataclasses import dataclass

import yaml

from knowledge.corpus.problem import Flaw, KeyPath

_MAX_BYTES = 2_000_000  # the largest sheet has 15 kB; more is no sheet
_MAX_NODES = 100_000  # an alias can multiply itself into gigabytes

_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _SheetLoader(yaml.CSafeLoader):
    """The safe loader, but 2026-01-01 without quotes stays a text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        """Refuse a key that stands twice: YAML would silently keep the last."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value} stands twice: keep one of them", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_SheetLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Text that is no sheet at all. `line` counts from 1."""

    line: int
    message: str


def read_yaml(raw: bytes) -> dict[str, object] | Unreadable:
    """The sheet's mapping, or why there is none."""
    if len(raw) > _MAX_BYTES:
        return Unreadable(1, f"larger than {_MAX_BYTES} bytes: a sheet describes one item; split the file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Unreadable(raw[: error.start].count(b"\n") + 1, "not UTF-8: save the file with the encoding UTF-8")
    found = _parsed(text)
    if isinstance(found, Unreadable):
        return found
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        return Unreadable(1, "no keys and values: begin with schema_version: '1.0'")
    if _count(found, _MAX_NODES) > _MAX_NODES:
        return Unreadable(1, f"more than {_MAX_NODES} values: remove the YAML aliases (*name)")
    return found


def _parsed(text: str) -> object:
    try:
        return yaml.load(text, Loader=_SheetLoader)  # noqa: S506 - a safe loader, see above
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return Unreadable(mark.line + 1 if mark else 1, _said(error))
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        return Unreadable(line, "a control character is in the text: delete it")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return Unreadable(1, f"cannot be read as YAML ({error}): compare with a sheet that works")


def _said(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "broken YAML"
    if "stands twice" in problem:
        return problem
    return f"broken YAML, {problem}: check indentation, quotes and the colon on this line and the one above"


def _count(value: object, limit: int) -> int:
    """How many values there are, up to a little above the limit."""
    waiting, seen = [value], 0
    while waiting and seen <= limit:
        seen += 1
        match waiting.pop():
            case dict() as mapping:
                waiting.extend(mapping.values())
            case list() as parts:
                waiting.extend(parts)
            case _:
                pass
    return seen


def line_of(raw: bytes, flaw: Flaw) -> int:
    """The line, from 1, at which a flaw stands; the nearest one above where the path ends early."""
    node: yaml.Node | None = yaml.compose(raw.decode("utf-8-sig"), Loader=yaml.CSafeLoader)
    if node is None:
        return 1
    return _line_below(node, flaw.path, at_key=flaw.at_key)


def _line_below(node: yaml.Node, path: KeyPath, *, at_key: bool) -> int:
    line = node.start_mark.line
    for depth, step in enumerate(path):
        found = _step(node, step)
        if found is None:
            break
        key_line, node = found
        is_last = depth == len(path) - 1
        # a list or mapping begins on the line after its key; the key is what a person looks for
        on_key = isinstance(node, yaml.CollectionNode) or (is_last and at_key)
        line = key_line if on_key else node.start_mark.line
    return line + 1


def _step(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None
