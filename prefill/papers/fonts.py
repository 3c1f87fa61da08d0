"""Where a Chinese font is: the wheel that carries Noto Sans CJK (OFL), else what the machine has."""

import functools
import importlib.util
from dataclasses import dataclass
from pathlib import Path

_WHEEL = "manimgx_fonts_cjk"
_FAMILY = "Noto Sans CJK SC"
_FACE_OF_THE_WHEEL = 2  # of the collection: JP, KR, SC, TC, HK
# Looked for where the wheel is missing; the first that exists is taken.
_ON_THE_MACHINE = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", 2),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "WenQuanYi Zen Hei", 0),
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", "Droid Sans Fallback", 0),
    ("/System/Library/Fonts/STHeiti Light.ttc", "Heiti SC", 1),
    ("C:/Windows/Fonts/simhei.ttf", "SimHei", 0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChineseFont:
    """A font file: `family` as a typesetter calls it, `face` its number in a collection."""

    path: Path
    family: str
    face: int
    variable: bool = False


@functools.lru_cache(maxsize=1)
def chinese_font() -> ChineseFont | None:
    """The font that papers are set in; None where there is none, and PDF cannot be made."""
    found = importlib.util.find_spec(_WHEEL)
    for place in (found.submodule_search_locations or ()) if found is not None else ():
        for file in sorted(Path(place).glob("*.ttc")):
            return ChineseFont(path=file, family=_FAMILY, face=_FACE_OF_THE_WHEEL, variable=True)
    for name, family, face in _ON_THE_MACHINE:
        if Path(name).is_file():
            return ChineseFont(path=Path(name), family=family, face=face)
    return None
