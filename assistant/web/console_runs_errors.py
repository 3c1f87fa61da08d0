"""What can go wrong with evaluation runs, told to people."""

from collections.abc import Mapping

from assistant.operation.evaluation_run import (
    AnotherRuns,
    NoDataset,
    NoDraftWaits,
    NoRetrievalArchive,
    RunRefused,
    RunsDiffer,
    UnknownRun,
)
from assistant.web.public_errors import Public

RUNS: Mapping[type[Exception], Public] = {
    UnknownRun: Public(
        404,
        "unknown_run",
        "没有这次评测，可能已经删掉了。请刷新列表。",
        "There is no such run; it may have been removed. Reload the list.",
    ),
    RunRefused: Public(
        409,
        "run_refused",
        "这一步现在做不了，评测的状态可能刚变过。请刷新列表再试。",
        "This cannot be done just now; the run may have changed. Reload the list and try again.",
    ),
    AnotherRuns: Public(
        409,
        "another_runs",
        "还有一个评测在跑，一次只跑一个。请等它跑完再试。",
        "Another run is not over yet, and one runs at a time. Try again when it is done.",
    ),
    NoDataset: Public(
        409,
        "no_dataset",
        "没有可跑的样例，没有开始。数据集要一行一个JSON对象；要跑存下的样例，请先存下至少一个。",
        "There is no case to run. A dataset holds one JSON object a line; to run saved cases, save one first.",
    ),
    NoRetrievalArchive: Public(
        409,
        "no_retrieval_archive",
        "检索的数据集要一个不加密的zip，里面有corpus.jsonl、queries.jsonl和test.tsv三个文件。没有开始。",
        "A dataset of retrieval is a ZIP without a password: corpus.jsonl, queries.jsonl and test.tsv.",
    ),
    RunsDiffer: Public(
        409,
        "runs_differ",
        "两次评测的任务不同，不能比较。请选同一种任务的两次。",
        "These runs are of two tasks. Choose two of the same task.",
    ),
    NoDraftWaits: Public(
        409,
        "no_draft_waits",
        "没有等待发布的草稿，没有什么可以先看。请先保存草稿。",
        "No draft waits to be published. Save one first.",
    ),
}
