"""Does reading photos block other people's turns? `.venv/bin/python scripts/turns_while_reading.py`.

The product answers the same questions twice: with nothing else to do, and while three photos of A4 pages are read.
"""

import asyncio
import io
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.bootstrap import ROOT, build_product
from assistant.dialogue import Question
from assistant.settings import Settings
from assistant.turn import Assistant
from prefill.documents.reader import WorkerDocumentReader
from prefill.documents.specimens.catalogue import specimen

_QUESTIONS = (
    "办居住证要带什么材料",
    "公积金租房提取要满足什么条件",
    "身份证丢了怎么补办",
    "新生儿怎么上户口",
    "失业金能领几个月",
    "二手车过户要多久办完",
    "开餐饮店要办哪些证",
    "灵活就业怎么交社保",
)
_ROUNDS = 5
_PHOTOS = ("lease", "labour_contract", "business_licence")


def main() -> None:
    """Print the middle and the 95th of a hundred of both, and how long the photos took."""
    with TemporaryDirectory(prefix="xiaoshen-turns-") as home:
        settings = Settings(home=Path(home), models=Settings().models or ROOT / "var" / "models")
        with build_product(settings, say=lambda _line: None) as product:
            asyncio.run(_ask(product.assistant, product.today(), rounds=1))
            alone = asyncio.run(_ask(product.assistant, product.today()))
            reader, over, read = WorkerDocumentReader(), threading.Event(), list[float]()
            reader.read(_photo("identity_card_front"), year=2026)  # its process has started, its models are there
            with ThreadPoolExecutor(len(_PHOTOS)) as pool:
                for name in _PHOTOS:
                    pool.submit(_read_until, reader, _photo(name), over, read)
                beside = asyncio.run(_ask(product.assistant, product.today()))
                over.set()
            reader.close()
    for what, found in (("alone", alone), ("while photos are read", beside)):
        print(f"turns {what}: {len(found)}, p50 {_at(found, 0.5):.0f} ms, p95 {_at(found, 0.95):.0f} ms")
    print(
        f"photos read meanwhile: {len(read)}, p50 {_at(read, 0.5) / 1000:.1f} s of the clock, waiting in line included"
    )


async def _ask(assistant: Assistant, today: date, rounds: int = _ROUNDS) -> list[float]:
    found: list[float] = []
    for text in _QUESTIONS * rounds:
        began = time.perf_counter()
        async for _event in assistant.answer(Question(text=text, as_of=today)):
            pass
        found.append((time.perf_counter() - began) * 1000)
    return found


def _read_until(reader: WorkerDocumentReader, content: bytes, over: threading.Event, took: list[float]) -> None:
    while not over.is_set():
        began = time.perf_counter()
        reader.read(content, year=2026)
        took.append((time.perf_counter() - began) * 1000)


def _photo(name: str) -> bytes:
    written = io.BytesIO()
    specimen(name).image.convert("RGB").save(written, "JPEG")
    return written.getvalue()


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


if __name__ == "__main__":
    main()
