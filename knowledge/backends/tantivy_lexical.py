"""Word search with tantivy: BM25 over terms that were cut beforehand, one folder a generation."""

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from knowledge.errors import IndexDamaged
from knowledge.search.bm25 import TITLE_WEIGHT, weights
from knowledge.search.roles import LexicalEntry, LexicalIndex, Scored

_HEAP = 64_000_000
_FIELDS = (("title", TITLE_WEIGHT), ("text", 1.0))


class TantivyEngine:
    """Implements `LexicalEngine`."""

    @property
    def name(self) -> str:
        """The library and the layout of the fields."""
        return "tantivy-1"

    def build(self, folder: Path, entries: Iterable[LexicalEntry]) -> None:
        """Write all entries in one commit and wait until the segments are merged."""
        index = tantivy.Index(_schema(), path=str(folder))
        # One thread: the order of documents, and with it the order of equal scores, is then the same in every build.
        _write(index.writer(heap_size=_HEAP, num_threads=1), entries)

    def extend(self, former: Path, folder: Path, gone: Sequence[str], entries: Iterable[LexicalEntry]) -> None:
        """Add a segment beside those of `former`, which never change: they are the same files by a second name."""
        for file in former.iterdir():
            if file.name.endswith(".lock"):
                continue
            if file.suffix == ".json":
                shutil.copyfile(file, folder / file.name)
            else:
                _name_again(file, folder / file.name)
        try:
            writer = tantivy.Index.open(str(folder)).writer(heap_size=_HEAP, num_threads=1)
            for passage in gone:
                writer.delete_documents_by_term("id", passage)
            _write(writer, entries)
        except ValueError as error:
            raise IndexDamaged(f"The word index in {former} cannot be extended.") from error

    def open(self, folder: Path) -> LexicalIndex:
        """Open the folder; what tantivy cannot read is damage."""
        try:
            return _TantivyIndex(tantivy.Index.open(str(folder)))
        except (ValueError, OSError) as error:
            raise IndexDamaged(f"The word index in {folder} cannot be read. Run: xiaoshen doctor --repair") from error

    def remove(self, folder: Path) -> None:
        """Nothing is kept outside the folder."""


def _write(writer: tantivy.IndexWriter, entries: Iterable[LexicalEntry]) -> None:
    for entry in entries:
        writer.add_document(tantivy.Document(id=[entry.id], title=[" ".join(entry.title)], text=[" ".join(entry.text)]))
    writer.commit()
    writer.wait_merging_threads()


def _name_again(file: Path, name: Path) -> None:
    """A hard link where the file system has them, else a copy."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copyfile(file, name)


class _TantivyIndex:
    """Implements `LexicalIndex`."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @property
    def count(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, terms: Sequence[str], limit: int) -> list[Scored]:
        clauses = [
            (tantivy.Occur.Should, self._clause(field, term, weight * boost))
            for term, weight in weights(terms).items()
            for field, boost in _FIELDS
        ]
        if not clauses or not self.count:
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False)
        return [Scored(self._searcher.doc(address)["id"][0], float(score)) for score, address in found.hits]

    def _clause(self, field: str, term: str, boost: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, term), boost)

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        return [int(self._searcher.doc_freq("text", term)) for term in terms]

    def close(self) -> None:
        """Files are memory-mapped; they go with the last reference."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field, _ in _FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
