"""Texts in which somebody is named, and where: made of the parts in `corpus/naming` and of our own messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import rjieba

from evals.guarding.made_up import made_up
from evals.guarding.people import PARTS, People, chance, sections
from guardrails.personal.public import KNOWN
from guardrails.personal.surnames import PUBLIC

_FIELD = re.compile(r"\{([a-z])\}")
_KNOWN: Final = sorted(KNOWN | PUBLIC)
_FORM_COLONS: Final = (":", "：", "： ", " ", "  ", "　", "", "：\n", "-", "=", "是", "为", "→", "|", "，", "\t")
_LONG: Final = 60  # signs of a message that is not put into another
_BREAKS: Final = ("，", "，", "，", "。", " ", "", "；", "\n", ",", "、", "！")


@dataclass(frozen=True, slots=True)
class Named:
    """A text, where its names stand, and of which kind of template it was made."""

    text: str
    names: tuple[tuple[int, int], ...]
    template: str


def wholes() -> list[str]:
    """Whole texts with fields."""
    lines = (PARTS / "whole.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line and not line.startswith("#")]


class Texts:
    """Makes up texts; `messages` are ordinary ones of the project, `people` names."""

    def __init__(self, rng: Random, people: People, messages: Sequence[str]) -> None:
        """Read the parts."""
        self._rng, self._people = rng, people
        self._messages = [message for message in messages if len(message) < _LONG]
        roles = sections("roles.txt")
        self._kin, self._jobs = roles["kin"], roles["job"]
        self._before, self._after = sections("before.txt"), sections("after.txt")
        self._nobody = sections("unnamed.txt")
        self._persons = frozenset(self._kin) | frozenset(self._jobs)
        self._wholes = wholes()

    def parts(self) -> set[str]:
        """Every template and part of one, for holding some of them out."""
        said = {part for group in (self._before, self._after) for parts in group.values() for part in parts}
        return said | set(self._wholes) | {person[-3:] for person in self._persons}

    def make(self, left_out: frozenset[str] = frozenset(), *, only: bool = False) -> Named:
        """One text with at least one name; `left_out`: no such part is in it, or with `only` nothing but such parts."""
        while True:
            template, label = self._template()
            parts = [part for part in label.split("\x00") if part]
            out = [part in left_out for part in parts]
            if all(out) and parts if only else not any(out):
                return self._filled(template, label)

    def unnamed(self) -> str:
        """A text that tells of somebody, or has somebody's numbers, and names nobody."""
        rng = self._rng
        match rng.choices(("numbers", "somebody", "label", "messages", "places"), (35, 35, 10, 10, 10))[0]:
            case "numbers":
                return self._beside_numbers()
            case "somebody":
                return self._nobody_named()
            case "label":
                label = rng.choice((*rng.choices(self._before["form"], k=2), rng.choice(self._before["call"])))
                rest = rng.choice(("", self._piece()))
                return f"{label}{rng.choice(_FORM_COLONS)}{self._phrase()}{rng.choice(_BREAKS)}{rest}"
            case "messages":
                return rng.choice(_BREAKS).join(self._piece() for _ in range(rng.choice((2, 2, 3))))
            case _:
                return self._somewhere()

    def _somewhere(self) -> str:
        """A place, a shop, a firm or somebody of history, called as people are."""
        rng = self._rng
        name = self._people.any_name()[: rng.choice((1, 2, 2, 3))]
        place = name + rng.choice(self._nobody["place"]) if chance(rng, 0.7) else rng.choice(_KNOWN)
        shape = rng.choice(self._nobody["somewhere"])
        return shape.format(
            x=self._piece(),
            o=place,
            o2=name + rng.choice(self._nobody["place"]),
            t=rng.choice((*self._nobody["of_place"], self._piece())),
            y=self._data("p"),
            s=rng.choice(_BREAKS),
        )

    def _beside_numbers(self) -> str:
        rng = self._rng
        piece = rng.choice(
            (
                self._piece(),
                self._piece(),
                rng.choice(self._jobs),
                self._phrase(),
                f"{self._phrase()}，{self._phrase()}",
            )
        )
        data = self._data(rng.choice("ppppiaaabevm"))
        return rng.choice(self._nobody["numbers"]).format(
            x=piece, w=self._phrase(), y=data, s=rng.choice(_BREAKS), r=rng.choice(self._jobs)
        )

    def _nobody_named(self) -> str:
        rng = self._rng
        person = self._person()[0] if chance(rng, 0.75) else rng.choice(self._nobody["someone"])
        deed = rng.choice(self._before["deed"]) if chance(rng, 0.25) else ""
        after = rng.choice((*self._after["said"], *self._after["own"], *("，", "", "。") * 40))
        opening = rng.choice(("", "", "", "{x}" + rng.choice(_BREAKS), "你好，", "请问"))
        told = rng.choice((after, after + self._piece(), self._piece(), f"{after}，{self._piece()}"))
        return self._filled(f"{opening}{deed}{person}{told.replace('{', '')}", "").text

    def _person(self) -> tuple[str, str]:
        """Somebody by what they are, and the part of it that may be held out."""
        rng = self._rng
        if chance(rng, 0.5):
            person = rng.choice(("我", "我", "我们", "他", "她", "", "", "我家", "咱", "俺")) + rng.choice(self._kin)
        else:
            person = rng.choice(self._jobs)
        return person, person[-3:]

    def _phrase(self) -> str:
        """A word or two of a message."""
        rng = self._rng
        words = rjieba.cut(rng.choice(self._messages))
        at = rng.randrange(len(words))
        return "".join(words[at : at + rng.choice((1, 1, 2, 3))])

    def _template(self) -> tuple[str, str]:
        rng = self._rng
        match rng.choices(("whole", "joined", "message"), (45, 40, 15))[0]:
            case "whole":
                whole = rng.choice(self._wholes)
                return whole, whole
            case "joined":
                return self._joined()
            case _:
                return self._put_into_message()

    def _joined(self) -> tuple[str, str]:
        """A text of what stands before and what stands after."""
        rng = self._rng
        kind = rng.choices(("role", "call", "form", "deed", "with", "of", "bare"), (34, 14, 12, 14, 5, 5, 16))[0]
        match kind:
            case "role":
                before, label = self._person()
                if chance(rng, 0.25):
                    before = rng.choice(self._before["deed"]) + before
            case "bare":
                before = label = ""
            case _:
                label = rng.choice(self._before[kind])
                before = label + (rng.choice(_FORM_COLONS) if kind == "form" else "")
        after_kind = rng.choices(("said", "own", "title", "end", "free"), (42, 16, 10, 20, 12))[0]
        if kind == "form":
            after_kind = rng.choice(("end", "end", "end", "free", "title"))
        match after_kind:
            case "end":
                after = rng.choice(
                    (
                        "",
                        "",
                        "，",
                        "。",
                        "，{t}",
                        "、{n}",
                        "和{n}",
                        "，{p}",
                        "，{i}",
                        " {p}",
                        "（{p}）",
                        "；",
                        "！",
                        "？",
                        "\n",
                        "\n{p}",
                    )
                )
                label_after = ""
            case "free":
                after, label_after = "{t}", ""
            case _:
                label_after = rng.choice(self._after[after_kind])
                after = label_after + (
                    rng.choice(("", "{t}", "，{t}", "{t}"))
                    if after_kind != "title"
                    else rng.choice(("", "，{t}", "{t}"))
                )
        opening = rng.choice(
            (
                "",
                "",
                "",
                "{x}" + rng.choice(_BREAKS),
                "你好",
                "你好，",
                "请问",
                "麻烦",
                "今天",
                "刚才",
                "那个",
                "是这样的",
                "老师，",
            )
        )
        return f"{opening}{before}{{n}}{after}", f"{label}\x00{label_after}"

    def _put_into_message(self) -> tuple[str, str]:
        """A name after somebody whom an ordinary message tells of, or in the place of the one who tells."""
        rng = self._rng
        for _ in range(40):
            message = rng.choice(self._messages)
            words = rjieba.cut(message)
            if words and words[0] in ("我", "他", "她", "本人") and chance(rng, 0.4):
                return "{n}" + message[len(words[0]) :], "\x00message"
            for place, word in enumerate(words):
                if word in self._persons and not (place and words[place - 1] in ("和", "与", "或", "、", "及")):
                    return "".join((*words[: place + 1], "{n}", *words[place + 1 :])), "\x00message"
        return "我叫{n}", "我叫"

    def _filled(self, template: str, label: str) -> Named:
        """Put names, numbers and messages into the fields."""
        made: list[str] = []
        names: list[tuple[int, int]] = []
        length = position = 0
        latin = bool(re.search("[a-z]{4}|英文|外国|外籍|外教|拼音", template)) and chance(self._rng, 0.7)
        plain = label.startswith("\x00")  # nothing announces that somebody is named
        for field in _FIELD.finditer(template):
            fixed = template[position : field.start()]
            is_name = field[1] == "n"
            value = self._name(latin=latin, plain=plain) if is_name else self._value(field[1])
            made += [fixed, value]
            length += len(fixed)
            if is_name:
                names.append((length, length + len(value)))
            length += len(value)
            position = field.end()
        made.append(template[position:])
        return Named("".join(made), tuple(names), label)

    def _name(self, *, latin: bool, plain: bool) -> str:
        is_latin = latin or chance(self._rng, 0.03)
        return self._people.latin() if is_latin else self._people.any_name(plain=plain)

    def _value(self, field: str) -> str:
        rng = self._rng
        match field:
            case "r":
                return rng.choice(self._jobs)
            case "k":
                return rng.choice(self._kin)
            case "t":
                return rng.choice(self._after["tail"]) if chance(rng, 0.4) else self._piece()
            case "x":
                return self._piece()
            case _:
                return self._data(field)

    def _piece(self) -> str:
        """An ordinary message, or what it says from some word on."""
        rng = self._rng
        message = rng.choice(self._messages)
        if chance(rng, 0.5):
            words = rjieba.cut(message)
            message = "".join(words[rng.randrange(len(words)) :])
        return message

    def _data(self, field: str) -> str:
        return made_up(field, self._rng)
