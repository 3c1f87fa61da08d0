"""Turns a prompt file into messages."""

import re
from dataclasses import dataclass
from importlib import resources
from string import Template

from assistant.llm.chat import Message, Role

_HEADER = re.compile(r"\A<!--.*?-->\s*", re.DOTALL)
_SECTION = re.compile(r"^=== (system|user|assistant)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PromptFile:
    """A prompt as its file holds it: messages with places to fill in."""

    name: str
    sections: tuple[tuple[Role, str], ...]

    def fill(self, **inputs: str) -> tuple[Message, ...]:
        """The messages. Raises KeyError where an input of the file is not given."""
        return tuple(Message(role, Template(text).substitute(inputs)) for role, text in self.sections)


def load_prompt(name: str, package: str = "assistant.prompts") -> PromptFile:
    """Read `<name>.md` of a package of prompts."""
    text = resources.files(package).joinpath(f"{name}.md").read_text(encoding="utf-8")
    _, *parts = _SECTION.split(_HEADER.sub("", text))
    sections = tuple((Role(role), body.strip()) for role, body in zip(parts[::2], parts[1::2], strict=True))
    if not sections:
        raise ValueError(f"{package} {name}.md has no section: begin one with a line `=== system`.")
    return PromptFile(name, sections)
