"""The learned decisions as they ship: four small logistic models for catalogues with ways of asking, four without."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.errors import ModelFilesMissing
from knowledge.recognition.decision_signs import CHOICE_SIGNS, CLEAR_SIGNS
from knowledge.recognition.evidence import Matrix
from knowledge.recognition.need_signs import NEED_SIGNS, SEVERAL_SIGNS

DECISIONS_FILE = Path(__file__).parent / "weights" / "decisions.json"
_SIGNS = {"choice": CHOICE_SIGNS, "clear": CLEAR_SIGNS, "several": SEVERAL_SIGNS, "need": NEED_SIGNS}


@dataclass(frozen=True, slots=True)
class Chance:
    """A logistic model: from signs to the chance that something holds."""

    bias: float
    weights: Matrix

    def of(self, signs: Matrix) -> Matrix:
        """The chance for each row of signs, or for the only one."""
        return np.asarray(1 / (1 + np.exp(-np.clip(signs @ self.weights + self.bias, -30, 30))))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionModel:
    """`choice`: an item is among those that may be meant. `clear`: the best item is the only one that is.

    `several`: a message wants several items. `need`: an item is one of them.
    """

    choice: Chance
    clear: Chance
    several: Chance
    need: Chance


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWeights:
    """`asked` decides for catalogues with ways of asking, `sheets` for those without; `about` says from what."""

    asked: DecisionModel
    sheets: DecisionModel
    about: str


def save_decisions(weights: DecisionWeights, file: Path = DECISIONS_FILE) -> None:
    """Writes the file, one number a sign, so that a reader sees what counts."""
    content = {"about": weights.about, "asked": _as_json(weights.asked), "sheets": _as_json(weights.sheets)}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _as_json(model: DecisionModel) -> dict[str, object]:
    chances = {"choice": model.choice, "clear": model.clear, "several": model.several, "need": model.need}
    return {
        name: {
            "bias": round(chance.bias, 5),
            "weights": {sign: round(float(w), 5) for sign, w in zip(_SIGNS[name], chance.weights, strict=True)},
        }
        for name, chance in chances.items()
    }


def load_decisions(file: Path = DECISIONS_FILE) -> DecisionWeights:
    """Reads the file; raises ModelFilesMissing where it is absent or of other code."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return DecisionWeights(
            asked=_model(content["asked"]), sheets=_model(content["sheets"]), about=str(content["about"])
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"The decision weights {file} are missing or were trained by other code. Run: make train"
        raise ModelFilesMissing(message) from error


def _model(content: Mapping[str, Mapping[str, object]]) -> DecisionModel:
    found = {name: _chance(content[name], signs) for name, signs in _SIGNS.items()}
    return DecisionModel(choice=found["choice"], clear=found["clear"], several=found["several"], need=found["need"])


def _chance(content: Mapping[str, object], signs: tuple[str, ...]) -> Chance:
    weights, bias = content["weights"], content["bias"]
    if not isinstance(weights, dict) or list(weights) != list(signs) or not isinstance(bias, int | float):
        raise ValueError("other signs")
    return Chance(float(bias), np.array([float(weights[sign]) for sign in signs]))
