/** One question and its answer, built up from the events of the turn. Pure: the page renders exactly this. */
import type { CaseCardEvent, CaseMovedEvent, ItemCardEvent, NextStepEvent, QuestionBackEvent, SentenceEvent, Status, Why, WireCitation } from "../../../shared/api";
import type { TurnEvent } from "../../../shared/stream";

export type Phase = "queued" | "asking" | "streaming" | "done" | "stopped" | "failed";

export interface Turn {
  clientId: string;
  text: string;
  phase: Phase;
  /** Position of the last event seen: a broken line goes on after it. */
  position: number;
  sentences: SentenceEvent[];
  /** Why sentences were taken back, where any were. */
  replaced: string | null;
  citations: WireCitation[];
  cards: ItemCardEvent[];
  question: QuestionBackEvent | null;
  steps: NextStepEvent[];
  /** The case as this turn left it, where it moved one. */
  moved: CaseMovedEvent | null;
  caseCards: CaseCardEvent[];
  status: Status | null;
  why: Why | null;
  degraded: boolean;
  /** What to tell where the phase is failed. */
  failure: string | null;
}

export function asked(clientId: string, text: string, phase: Phase = "asking"): Turn {
  return {
    clientId,
    text,
    phase,
    position: 0,
    sentences: [],
    replaced: null,
    citations: [],
    cards: [],
    question: null,
    steps: [],
    moved: null,
    caseCards: [],
    status: null,
    why: null,
    degraded: false,
    failure: null,
  };
}

export function isOpen(turn: Turn): boolean {
  return turn.phase === "queued" || turn.phase === "asking" || turn.phase === "streaming";
}

/** The turn after one more event. Events seen before change nothing, so a replay is safe. */
export function heard(turn: Turn, event: TurnEvent, position: number): Turn {
  if (position <= turn.position) return turn;
  const next: Turn = { ...turn, position, phase: isOpen(turn) ? "streaming" : turn.phase };
  switch (event.type) {
    case "item_recognized":
      return next;
    case "sources_found":
      return { ...next, citations: [...turn.citations, ...event.citations] };
    case "sentence":
      return { ...next, sentences: [...turn.sentences, event] };
    case "sentences_replaced":
      return {
        ...next,
        sentences: turn.sentences.filter((sentence) => !event.ids.includes(sentence.id)),
        replaced: event.reason,
      };
    case "item_card":
      return { ...next, cards: [...turn.cards, event] };
    case "question_back":
      return { ...next, question: event };
    case "case_moved":
      return { ...next, moved: event };
    case "case_card":
      return { ...next, caseCards: [...turn.caseCards, event] };
    case "next_step":
      return { ...next, steps: [...turn.steps, event] };
    case "turn_finished":
      return { ...next, phase: "done", status: event.status, why: event.why, degraded: event.degraded };
    case "stopped":
      return { ...next, phase: "stopped" };
    case "failed":
      return { ...next, phase: "failed", failure: event.message };
  }
}

/** The citations that what is left on the page points to, by number. */
export function usedCitations(turn: Turn): WireCitation[] {
  const used = new Set(turn.sentences.flatMap((sentence) => sentence.citations));
  for (const card of turn.cards)
    for (const section of card.sections) for (const row of section.rows) if (row.citation !== null) used.add(row.citation);
  return turn.citations.filter((citation) => used.has(citation.number));
}

/** The answer as text to copy or share: what was asked, what was answered, the sources, the label. */
export function asText(turn: Turn, words: { sources: string; label: string; site: string }): string {
  const lines = [turn.text, "", ...turn.sentences.map((sentence) => sentence.text)];
  for (const card of turn.cards) {
    lines.push("", card.item.name);
    for (const section of card.sections)
      lines.push(`【${section.title}】`, ...section.rows.map((row) => `· ${row.text}${row.note ? `(${row.note})` : ""}`));
  }
  const cited = usedCitations(turn);
  if (cited.length > 0) {
    lines.push("", words.sources);
    for (const c of cited) lines.push(`[${c.number}] ${c.title}${c.clause ? ` ${c.clause}` : ""}`);
  }
  lines.push("", `${words.label} · ${words.site}`);
  return lines.join("\n");
}
