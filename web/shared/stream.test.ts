import { describe, expect, it } from "vitest";

import { frames, parse } from "./stream";

const body = (...chunks: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

describe("the event stream", () => {
  it("is read across chunks that end in the middle of a character", async () => {
    const bytes = new TextEncoder().encode(
      'event: sentence\ndata: {"type":"sentence","id":1,"text":"您好。","citations":[]}\nid: 7\n\n',
    );
    const seen = [];
    for await (const frame of frames(body(bytes.slice(0, 61), bytes.slice(61, 63), bytes.slice(63)))) seen.push(frame);
    expect(seen).toEqual([{ position: 7, event: { type: "sentence", id: 1, text: "您好。", citations: [] } }]);
  });

  it("passes over comments, which only keep the line open", () => {
    expect(parse(": still here")).toBeNull();
  });

  it("gives nothing for a frame that was cut off", async () => {
    const seen = [];
    for await (const frame of frames(body(new TextEncoder().encode('data: {"type":')))) seen.push(frame);
    expect(seen).toEqual([]);
  });
});
