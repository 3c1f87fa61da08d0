/** How the lines of a card are shown: the sheets write for sentences, the page shows lists. */
import type { WireCardRow } from "../../../shared/api";

/** 「办理流程：第一步，甲；第二步，乙。」 as its steps; anything else as it is. */
export function stepsOf(text: string): string[] {
  const steps = text
    .replace(/[。.]$/u, "")
    .split(/[；;]?\s*(?:第[一二三四五六七八九十]+步|Step \d+)[，、：:,]\s*/u)
    .slice(1);
  return steps.length > 1 ? steps : [text];
}

/** The steps of all rows, each with its row's source on its last step. */
export function stepRows(rows: WireCardRow[]): WireCardRow[] {
  return rows.flatMap((row) => {
    const steps = stepsOf(row.text);
    return steps.map((text, index) => ({ ...row, text, citation: index === steps.length - 1 ? row.citation : null }));
  });
}

/** A remark about the list (「还有材料没有核实……」) is a sentence, not a thing to bring. */
export function isRemark(row: WireCardRow): boolean {
  return /[。.]$/u.test(row.text);
}

/** The note without the name that it repeats: the name stands above it. */
export function ownNote(row: WireCardRow): string | null {
  const note = row.note?.startsWith(row.text) ? row.note.slice(row.text.length).replace(/^[：:，,\s]+/u, "") : row.note;
  return note === "" ? null : note;
}
