/** Reads server-sent events from a fetch body. EventSource cannot POST, and cannot tell why a line broke. */
import type { WireTurn } from "./api";

export type TurnEvent = WireTurn["events"][number];

export interface Frame {
  position: number;
  event: TurnEvent;
}

/** Frames in order, as they come. Ends when the body ends; throws what the network throws. */
export async function* frames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const frame = parse(block);
        if (frame) yield frame;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

/** One block between blank lines; null for comments, which only keep the line open. */
export function parse(block: string): Frame | null {
  let data = "";
  let position = 0;
  for (const line of block.split("\n")) {
    if (line.startsWith("data: ")) data += line.slice(6);
    else if (line.startsWith("id: ")) position = Number(line.slice(4));
  }
  // The server is ours and its types are generated from it: no second validation here.
  return data ? { position, event: JSON.parse(data) as TurnEvent } : null;
}
