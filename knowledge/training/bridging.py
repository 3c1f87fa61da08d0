"""Learns the bridge from requests to sheets: what of a vector tells which item is meant, whatever the item."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import dropout, normalize

from knowledge.recognition.bridge import SheetBridge
from knowledge.roles import Vectors

_SEED = 20261122
_STEPS = 150
_BATCH = 512
_RATE = 3e-3
_SHARPNESS = 20.0
_FAITHFULNESS = 5e-2
"""How dear it is to leave the encoder's own space; on items left out .03 to .1 were equal, .01 and less were worse."""
_LEFT_OUT = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Requests with the number of their item, and sheets' texts with theirs. `kinds` tells names (0) from the rest."""

    requests: Vectors
    wanted: NDArray[np.int64]
    sheets: Vectors
    owners: NDArray[np.int64]
    kinds: NDArray[np.int64]


def fit_bridge(pairs: Pairs) -> SheetBridge:
    """Every request shall come nearer to its item's name, and to its longer texts, than to those of all others."""
    torch.manual_seed(_SEED)
    request_mean, sheet_mean = pairs.requests.mean(axis=0), pairs.sheets.mean(axis=0)
    requests = torch.from_numpy(pairs.requests - request_mean)
    sheets = torch.from_numpy(pairs.sheets - sheet_mean)
    wanted, owners = torch.from_numpy(pairs.wanted), torch.from_numpy(pairs.owners)
    groups = [torch.from_numpy(np.flatnonzero(part)) for part in (pairs.kinds == 0, pairs.kinds > 0) if part.any()]
    same = torch.eye(requests.shape[1])
    matrix = same.clone().requires_grad_()
    optimizer = torch.optim.Adam([matrix], lr=_RATE)
    for step in range(_STEPS):
        for group in optimizer.param_groups:
            group["lr"] = _RATE * (1 - step / _STEPS)
        some = torch.randint(len(requests), (_BATCH,))
        asked = normalize(dropout(requests[some], _LEFT_OUT) @ matrix, dim=-1)
        scores = _SHARPNESS * asked @ normalize(sheets @ matrix, dim=-1).T
        loss = _FAITHFULNESS * ((matrix - same) ** 2).sum()
        for group_of_sheets in groups:
            loss = loss + _misses(scores[:, group_of_sheets], wanted[some, None] == owners[None, group_of_sheets])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return SheetBridge(matrix=matrix.detach().numpy(), request_mean=request_mean, sheet_mean=sheet_mean)


def _misses(scores: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """How little of the probability falls on the item's own texts, over the requests whose item has one."""
    asked = right.any(dim=1)
    own = torch.logsumexp(scores.masked_fill(~right, -1e4), dim=1)
    return (torch.logsumexp(scores, dim=1) - own)[asked].mean()
