/** Calls of the HTTP API. Every failure is one of three: no line, a refusal with a public sentence, or a broken answer. */
import type { AnswerReport, ConversationCreated, ErrorAnswer, ItemSheet, Message, SourceSheet, Suggestions, WireConversation } from "./api";
import { frames, type Frame } from "./stream";

/** The server could not be reached, or the line broke. */
export class LineBroken extends Error {}

/** The server answered with an error and a sentence for people. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** One call; what fails is thrown as LineBroken or Refused. */
export async function call(path: string, language: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("Accept-Language", language);
  if (typeof init.body === "string") headers.set("Content-Type", "application/json");
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers });
  } catch (failure) {
    if (init.signal?.aborted) throw failure;
    throw new LineBroken(path, { cause: failure });
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

export async function refusal(response: { status: number; json: () => Promise<unknown> }): Promise<Error> {
  try {
    const { error } = (await response.json()) as ErrorAnswer;
    return new Refused(response.status, error.code, error.message);
  } catch {
    // A proxy in between speaks for itself, usually because the server is being restarted.
    return new LineBroken(`HTTP ${response.status}`);
  }
}

export async function beginConversation(language: string): Promise<string> {
  const response = await call("/api/conversations", language, { method: "POST" });
  return ((await response.json()) as ConversationCreated).id;
}

export async function resumeConversation(id: string, language: string): Promise<WireConversation> {
  return (await (await call(`/api/conversations/${id}`, language)).json()) as WireConversation;
}

export async function* sendMessage(
  id: string,
  message: Message,
  after: number,
  language: string,
  signal: AbortSignal,
): AsyncGenerator<Frame> {
  const response = await call(`/api/conversations/${id}/messages`, language, {
    method: "POST",
    body: JSON.stringify(message),
    headers: after > 0 ? { "Last-Event-ID": String(after) } : {},
    signal,
  });
  if (!response.body) throw new LineBroken("no body");
  try {
    yield* frames(response.body);
  } catch (failure) {
    if (signal.aborted) throw failure;
    throw new LineBroken("stream", { cause: failure });
  }
}

export async function stopAnswer(id: string, clientId: string, language: string): Promise<void> {
  await call(`/api/conversations/${id}/messages/${clientId}`, language, { method: "DELETE" });
}

export type ReportReason = NonNullable<AnswerReport["reason"]>;

export async function reportAnswer(id: string, clientId: string, reason: ReportReason, language: string): Promise<void> {
  const body = JSON.stringify({ reason });
  await call(`/api/conversations/${id}/messages/${clientId}/report`, language, { method: "POST", body });
}

export async function deleteConversation(id: string, language: string): Promise<void> {
  await call(`/api/conversations/${id}`, language, { method: "DELETE" });
}

export async function suggestions(language: string): Promise<Suggestions> {
  return (await (await call(`/api/suggestions?language=${language}`, language)).json()) as Suggestions;
}

export async function itemSheet(slug: string, language: string): Promise<ItemSheet> {
  return (await (await call(`/api/items/${encodeURIComponent(slug)}?language=${language}`, language)).json()) as ItemSheet;
}

export async function sourceSheet(source: string, anchor: string, version: string, language: string): Promise<SourceSheet> {
  const path = source.split("/").map(encodeURIComponent).join("/");
  const query = new URLSearchParams({ anchor, ...(version ? { version } : {}) });
  return (await (await call(`/api/sources/${path}?${query.toString()}`, language)).json()) as SourceSheet;
}
