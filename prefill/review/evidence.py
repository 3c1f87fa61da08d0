"""Finding a value in the form and the materials, by meaning of its name rather than by spelling."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.likeness import core_of, is_head_of, likeness
from prefill.review.result import Seen
from prefill.review.values import plain
from prefill.review.vocabulary import Vocabulary, bare_key, clean_key, is_checked, spellings

FORM = "form"
ANYWHERE = "any"
_ANOTHER_THING = re.compile(r"号|姓名|签|章|电话|手机|地址|住址|日期|时间|配偶|父|母|对方|子女|监护|法定|原因")
_OF_THE_DOCUMENT = re.compile(
    r"姓名|有效期|签[名字]|盖章|公章|^日期|^名称|地址|住址|坐落|状态|^结论|证件号码|身份号码|^编号"
)
_OTHER_QUANTITY = re.compile(
    r"人均|平均|每|单|月|年|原|新|实|首|余|最|限|应|近|拟|其中|增|减|未|已|本次|上|社保|个税|持证|居住"
)
_UNIT = re.compile(r"^\d+(?:\.\d+)?(个月|天|人|次|套)$")
_COUNTS = {"个月": "月数", "天": "天数", "人": "人数", "次": "次数", "套": "套数"}
_STATE = re.compile(r"(状态|情况|状况|结果|审核|核验|核查|审查)?(状态|情况|状况|结果)?")
_DAY = re.compile(r"(日期|时间|日)$")
_PLAIN_FIELD = re.compile(
    r"(证件|证书|证照)?(有效期[至止限]?|有效期限|状态|结论|日期|编号|名称|姓名|单位|类型|金额|面积)"
)
_HEAD = 0.6
_SURE = 0.6
_SHORT = 2
_LONG_ENOUGH_TO_BE_INSIDE = 4  # shorter names stand inside too many others (姓名 in 父亲姓名)


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stands."""

    value: Value
    key: str
    where: str

    @property
    def seen(self) -> Seen:
        """The same for the trace."""
        return Seen(name=self.key, value=plain(self.value), where=self.where)


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    clean: str
    bare: str
    value: Value
    checked: bool


class Evidence:
    """The application as a place to look things up.

    From a wrong document nothing is read but what a back-office check put beside it; illegible values are not there.
    """

    def __init__(
        self,
        application: Application,
        vocabulary: Vocabulary,
        wrong: frozenset[str],
        asked_after: frozenset[str] = frozenset(),
    ) -> None:
        """`asked_after`: names some fact asks for as they are spelled; likeness gives them to no other fact."""
        self.application = application
        self._asked_after = asked_after
        self.vocabulary = vocabulary
        self._wrong = wrong
        self._materials: dict[str, SubmittedMaterial] = {}
        self._entries: dict[str, list[_Entry]] = {FORM: self._read(application.form, only_checked=False)}
        for material in application.materials:
            self._materials.setdefault(material.material, material)
            entries = self._read(material.fields, only_checked=material.material in wrong)
            self._entries.setdefault(material.material, []).extend(entries)

    def material(self, identifier: str) -> SubmittedMaterial | None:
        """The first material handed in under this id."""
        return self._materials.get(identifier)

    def find(self, place: str, names: tuple[str, ...]) -> Found | None:
        """The first value under one of the names; back-office results before what a document says.

        Where none is spelled so: one that is named alike in that place, then what was put beside another document.
        """
        places = self._places(place)
        by_name = [(name, where) for name in names for where in places]  # the names of a rule stand in order
        by_place = [(name, where) for where in places for name in names]
        for is_spelled_so in (True, False):
            for name, where in by_name if place == ANYWHERE else by_place:
                entry = self._entry(where, name, loosely=place != ANYWHERE, is_spelled_so=is_spelled_so)
                if entry:
                    return Found(entry.value, entry.key, where)
        return self._alike(place, names) or self._elsewhere(place, names)

    def find_named(self, place: str, name: str) -> Found | None:
        """The first value that is spelled so, whatever brackets and blanks, in that place."""
        bare = bare_key(name)
        for where in self._places(place):
            for entry in self._entries.get(where, ()):
                if entry.bare == bare:
                    return Found(entry.value, entry.key, where)
        return None

    def find_checked(self, place: str, names: tuple[str, ...]) -> Found | None:
        """Like `find`, but only what a back-office check returned."""
        for where in (*self._places(place), *self._materials):
            entries = [entry for entry in self._entries.get(where, ()) if entry.checked]
            for name in names:
                bare = bare_key(name)
                for entry in entries:
                    if _is_inside(bare, entry.bare) or likeness(bare, entry.bare) >= _SURE:
                        return Found(entry.value, entry.key, where)
        return None

    def _alike(self, place: str, names: tuple[str, ...]) -> Found | None:
        """The one value whose name is likely to mean the same; of two that are equally likely, none."""
        mine = {bare_key(name) for name in names}
        ranked: list[tuple[float, int, Found]] = []
        for where in self._places(place):
            if where == FORM and place == ANYWHERE:
                continue
            entries = self._entries.get(where, ())
            for entry in entries:
                if entry.bare in self._asked_after and entry.bare not in mine:
                    continue
                score = max(self._score(name, entry, entries, is_named=place != ANYWHERE) for name in names)
                if score > 0:
                    ranked.append((score, -len(ranked), Found(entry.value, entry.key, where)))
        ranked.sort(key=lambda one: one[:2], reverse=True)
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0] and plain(ranked[0][2].value) != plain(ranked[1][2].value):
            return None
        return ranked[0][2] if ranked else None

    def _score(self, name: str, entry: _Entry, entries: Sequence[_Entry], *, is_named: bool) -> float:
        bare = bare_key(name)
        if not is_named and not entry.checked and _PLAIN_FIELD.fullmatch(entry.bare) and entry.bare != bare:
            return 0.0  # 有效期至 of any document is not 驾驶证有效期至
        key = entry.bare + _counted(name, entry)
        score = likeness(bare, key, surely=not entry.checked)
        if score == 1.0 and len(core_of(bare)) <= _SHORT and not entry.checked and not _is_state_of(bare, entry.bare):
            return 0.0  # 名称 and 名称登记 may be two things on one document
        if score == 0.0 and is_named and is_head_of(entry.bare, bare):
            alone = sum(other.bare.endswith(entry.bare) for other in entries) == 1
            return _HEAD if alone else 0.0
        return score

    def _elsewhere(self, place: str, names: tuple[str, ...]) -> Found | None:
        """What a check put beside another document than the rule expects, or a distinctive name in another place."""
        if place == ANYWHERE:
            return None
        asked = set(self._places(place))
        is_there = asked == {FORM} or any(where in self._materials and where not in self._wrong for where in asked)
        others = [where for where in (*self._materials, FORM) if where not in asked]
        for name in names:
            for where in others:
                entry = self._entry(where, name, loosely=False)
                if entry and (entry.checked or (is_there and _is_distinctive(bare_key(name)))):
                    return Found(entry.value, entry.key, where)
        for where in others:
            for entry in self._entries.get(where, ()):
                if entry.checked and max(likeness(bare_key(name), entry.bare) for name in names) >= _SURE:
                    return Found(entry.value, entry.key, where)
        return None

    def find_written(self, place: str, names: tuple[str, ...]) -> Found | None:
        """Like `find`, but only what a document says: a check's bare 'consistent' is nothing to compare."""
        for where in self._places(place):
            for name in names:
                entry = self._entry(where, name, only_written=True)
                if entry:
                    return Found(entry.value, entry.key, where)
        return None

    def named(self, where: str, name: str) -> Found | None:
        """What a document itself says under this name, or under it with a word more that changes nothing."""
        bare, alike = bare_key(name), self.vocabulary.alike(name)
        entries = [
            entry for entry in self._entries.get(where, ()) if not (entry.checked and self._is_bare(entry.value))
        ]
        same = [entry for entry in entries if entry.bare == bare or entry.clean in alike or entry.bare in alike]
        more = [
            entry
            for entry in entries
            if entry.bare != bare
            and (entry.bare.endswith(bare) or bare.endswith(entry.bare))
            and _adds_nothing(entry.bare, bare)
        ]
        found = next(iter((*same, *more)), None)
        return Found(found.value, found.key, where) if found else None

    def all(self, place: str) -> Iterator[Found]:
        """Every legible value of a place."""
        for where in self._places(place):
            for entry in self._entries.get(where, ()):
                yield Found(entry.value, entry.key, where)

    def _places(self, place: str) -> tuple[str, ...]:
        if place == ANYWHERE:
            return (*self._materials, FORM)
        return tuple(place.split("+"))

    def _read(self, fields: Mapping[str, Value], *, only_checked: bool) -> list[_Entry]:
        entries = [
            _Entry(key, clean_key(key), bare_key(key), value, is_checked(key))
            for key, value in fields.items()
            if value not in (None, "", [], (), {}) and not self.vocabulary.is_illegible(value)
        ]
        entries.sort(key=lambda entry: not entry.checked)
        return [entry for entry in entries if entry.checked] if only_checked else entries

    def _is_bare(self, value: Value) -> bool:
        """Only 'yes', 'no', 'consistent' and the like: a verdict, no value."""
        return isinstance(value, bool) or (isinstance(value, str) and self.vocabulary.flag(value) is not None)

    def _entry(
        self, where: str, name: str, *, only_written: bool = False, loosely: bool = True, is_spelled_so: bool = False
    ) -> _Entry | None:
        entries = self._entries.get(where)
        if entries and only_written:
            entries = [entry for entry in entries if not (entry.checked and self._is_bare(entry.value))]
        if not entries:
            return None
        clean, bare = clean_key(name), bare_key(name)
        alike = self.vocabulary.alike(name)
        for fits in (
            lambda entry: entry.clean == clean,
            lambda entry: entry.bare == bare,
            lambda entry: entry.clean in alike or entry.bare in alike,
            lambda entry: (
                not alike.isdisjoint(spellings(entry.key)) or not spellings(name).isdisjoint(spellings(entry.key))
            ),
            lambda entry: only_written and _is_same_day(bare, entry.bare),
            lambda entry: (
                not is_spelled_so
                and _is_inside(bare, entry.bare)
                and (loosely or bare in entry.bare)
                and (only_written or entry.bare not in self._asked_after)
            ),
        ):
            found = next((entry for entry in entries if fits(entry)), None)
            if found:
                return found
        return None


def _is_state_of(name: str, key: str) -> bool:
    """参保情况 and 参保状态, 规格审核 and 规格: the name and a word for how it stands."""
    core = core_of(name)
    return len(core) == _SHORT and all(_STATE.fullmatch(text.removeprefix(core)) for text in (name, key))


def _counted(name: str, entry: _Entry) -> str:
    """The word for what a value counts that its name leaves out: 连续缴存 with 9个月 is 连续缴存月数."""
    found = _UNIT.search(plain(entry.value))
    word = _COUNTS[found.group(1)] if found else ""
    return word if word in name and word not in entry.bare else ""


def _adds_nothing(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > _SHORT and not _OTHER_QUANTITY.search(longer.removesuffix(shorter))


def _is_distinctive(name: str) -> bool:
    """Does the name say by itself what is meant, whatever document it stands on?"""
    return len(name) >= _LONG_ENOUGH_TO_BE_INSIDE and not _OF_THE_DOCUMENT.search(name)


def _is_same_day(name: str, key: str) -> bool:
    """批准退休时间 and 退休日期: one names the day with a word more, and the word names no other day."""
    one, other = (_DAY.sub("日", text) for text in (name, key))
    return one != name and other != key and _is_inside(one + "期", other + "期")


def _is_inside(name: str, key: str) -> bool:
    """Is one the other with a few words more, and do these words not make it another thing?"""
    shorter, longer = sorted((name, key), key=len)
    if len(shorter) < _LONG_ENOUGH_TO_BE_INSIDE or shorter not in longer:
        return False
    return not _ANOTHER_THING.search(longer.replace(shorter, ""))
