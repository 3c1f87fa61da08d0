import { describe, expect, it } from "vitest";

import type { TurnEvent } from "../../../shared/stream";
import { asked, asText, heard, isOpen, usedCitations } from "./turn";

const citation = (number: number): Extract<TurnEvent, { type: "sources_found" }>["citations"][number] => ({
  number,
  source: "items/x",
  title: "某法",
  version: "v1",
  effective_from: "2020-01-01",
  effective_to: null,
  clause: `第${number}条`,
  quote: "原文",
  anchor: `items/x#${number}`,
  url: "",
});
const sentence = (id: number, text: string, citations: number[] = []): TurnEvent => ({ type: "sentence", id, text, citations });
const play = (events: TurnEvent[]) => events.reduce((turn, event, i) => heard(turn, event, i + 1), asked("a", "问题"));

describe("a turn", () => {
  it("streams from its first event and is done at its last", () => {
    const streaming = play([sentence(1, "一。")]);
    expect(streaming.phase).toBe("streaming");
    const done = heard(
      streaming,
      { type: "turn_finished", status: "answered", why: "grounded", item: null, composer: "grounded", degraded: false },
      2,
    );
    expect(done.phase).toBe("done");
    expect(isOpen(done)).toBe(false);
  });

  it("ignores events that it has heard before, so that a replay is safe", () => {
    const turn = play([sentence(1, "一。")]);
    expect(heard(turn, sentence(1, "一。"), 1)).toBe(turn);
  });

  it("takes sentences back and says why", () => {
    const turn = play([sentence(1, "对。"), sentence(2, "错。"), { type: "sentences_replaced", ids: [2], reason: "没有依据" }]);
    expect(turn.sentences.map((s) => s.text)).toEqual(["对。"]);
    expect(turn.replaced).toBe("没有依据");
  });

  it("shows only the sources that what is left points to", () => {
    const turn = play([{ type: "sources_found", citations: [citation(1), citation(2)] }, sentence(1, "一。", [2])]);
    expect(usedCitations(turn).map((c) => c.number)).toEqual([2]);
  });

  it("stays stopped when events still come in", () => {
    const stopped = { ...play([sentence(1, "一。")]), phase: "stopped" as const };
    expect(heard(stopped, sentence(2, "二。"), 2).phase).toBe("stopped");
  });

  it("as text has the question, the answer, the sources and the label", () => {
    const turn = play([{ type: "sources_found", citations: [citation(1)] }, sentence(1, "一。", [1])]);
    expect(asText(turn, { sources: "来源", label: "AI生成", site: "小申" })).toBe(
      "问题\n\n一。\n\n来源\n[1] 某法 第1条\n\nAI生成 · 小申",
    );
  });
});
