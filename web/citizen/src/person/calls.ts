/** Calls of the handoff part of the API. */
import type { HandoffChosen, HandoffFile, HandoffRating, HandoffSaying, HandoffView, RatingReasons } from "../../../shared/api";
import { call, Refused } from "../../../shared/client";

const of = (conversation: string) => `/api/conversations/${encodeURIComponent(conversation)}/handoff`;

async function post(path: string, language: string, body: unknown): Promise<HandoffView> {
  return (await (await call(path, language, { method: "POST", body: JSON.stringify(body) })).json()) as HandoffView;
}

export const wantPerson = (conversation: string, language: string) =>
  post(of(conversation), language, { language: language === "en" ? "en" : "zh" });
export const choose = (conversation: string, language: string, chosen: HandoffChosen) =>
  post(`${of(conversation)}/choice`, language, chosen);
export const end = (conversation: string, language: string) => post(`${of(conversation)}/end`, language, {});
export const reopen = (conversation: string, language: string) => post(`${of(conversation)}/reopen`, language, {});
export const rate = (conversation: string, language: string, rating: HandoffRating) =>
  post(`${of(conversation)}/rating`, language, rating);

/** The ticket of a conversation; null where nobody asked for a person, or where this product has no people. */
export async function standing(conversation: string, language: string): Promise<HandoffView | null> {
  try {
    return (await (await call(of(conversation), language)).json()) as HandoffView | null;
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 404) return null;
    throw failure;
  }
}

export async function say(conversation: string, language: string, saying: HandoffSaying): Promise<void> {
  await call(`${of(conversation)}/messages`, language, { method: "POST", body: JSON.stringify(saying) });
}

export async function sendFile(conversation: string, language: string, file: File): Promise<HandoffFile> {
  const query = new URLSearchParams({ conversation, name: file.name });
  const init = { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } };
  return (await (await call(`/api/handoff/files?${query.toString()}`, language, init)).json()) as HandoffFile;
}

export async function ratingReasons(language: string): Promise<RatingReasons> {
  return (await (await call("/api/handoff/rating-reasons", language)).json()) as RatingReasons;
}

export const socketAddress = (conversation: string, after: number) =>
  `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${of(conversation)}/live?after=${String(after)}`;
export const eventsAddress = (conversation: string, after: number) => `${of(conversation)}/events?after=${String(after)}`;
