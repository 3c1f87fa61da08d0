"""The trained weights as they ship: one small file, which says from what it was trained and how well it did."""

import json
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.errors import ModelFilesMissing
from knowledge.recognition.bridge import KnownItems, SheetBridge, known_items, no_bridge
from knowledge.recognition.evidence import FEATURES
from knowledge.recognition.head import NONE, TrainedHead
from knowledge.recognition.ranker import GATE_FEATURES, RANKER_FEATURES, Ranker

WEIGHTS_FILE = Path(__file__).parent / "weights" / "recognizer.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizerWeights:
    """`asked` ranks catalogues with ways of asking, `sheets` those of names, conditions and materials only.

    `embedder` names the embedder whose vectors head and bridge were trained on; with another one both are left out.
    """

    embedder: str
    head: TrainedHead
    bridge: SheetBridge
    known: KnownItems
    asked: Ranker
    sheets: Ranker
    about: str

    def head_for(self, embedder: str, dimensions: int) -> TrainedHead:
        """The head, or one that knows no item where the vectors are another embedder's."""
        if embedder == self.embedder:
            return self.head
        return TrainedHead(classes=(NONE,), weights=np.zeros((1, dimensions), np.float32), bias=np.zeros(1, np.float32))

    def bridge_for(self, embedder: str, dimensions: int) -> SheetBridge:
        """The bridge, or one that leaves another embedder's vectors as they are."""
        return self.bridge if embedder == self.embedder else no_bridge(dimensions)

    def known_for(self, embedder: str, dimensions: int) -> KnownItems:
        """The known items to guess by; none for another embedder's vectors."""
        return self.known if embedder == self.embedder else known_items(self.head_for(embedder, dimensions), {})


def save_weights(weights: RecognizerWeights, file: Path) -> None:
    """Writes the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    names = {
        "embedder": weights.embedder,
        "classes": list(weights.head.classes),
        "features": list(FEATURES),
        "ranker_features": list(RANKER_FEATURES),
        "gate_features": list(GATE_FEATURES),
        "about": weights.about,
    }
    np.savez_compressed(
        file,
        names=np.array(json.dumps(names, ensure_ascii=False)),
        head=weights.head.weights.astype(np.float16),
        bias=weights.head.bias,
        bridge=weights.bridge.matrix.astype(np.float16),
        known=weights.known.names.astype(np.float16),
        request_mean=weights.bridge.request_mean,
        sheet_mean=weights.bridge.sheet_mean,
        asked_items=weights.asked.items,
        asked_gate=weights.asked.gate,
        sheets_items=weights.sheets.items,
        sheets_gate=weights.sheets.gate,
    )


def load_weights(file: Path = WEIGHTS_FILE) -> RecognizerWeights:
    """Reads the file; raises ModelFilesMissing where it is absent or of other code."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as content:
            found = {name: content[name] for name in content.files}
    except (OSError, ValueError, BadZipFile) as error:
        raise ModelFilesMissing(f"The recognizer's weights {file} cannot be read. Run: make train") from error
    names = json.loads(str(found["names"]))
    if names["ranker_features"] != list(RANKER_FEATURES) or names["gate_features"] != list(GATE_FEATURES):
        raise ModelFilesMissing(f"The recognizer's weights {file} were trained by other code. Run: make train")
    head = TrainedHead(classes=tuple(names["classes"]), weights=found["head"].astype(np.float32), bias=found["bias"])
    return RecognizerWeights(
        embedder=names["embedder"],
        head=head,
        known=KnownItems(head=head, names=found["known"].astype(np.float32)),
        bridge=SheetBridge(
            matrix=found["bridge"].astype(np.float32),
            request_mean=found["request_mean"],
            sheet_mean=found["sheet_mean"],
        ),
        asked=Ranker(found["asked_items"], found["asked_gate"]),
        sheets=Ranker(found["sheets_items"], found["sheets_gate"]),
        about=names["about"],
    )
