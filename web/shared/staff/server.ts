/** Calls of the API by those who work here: the token of the session goes with every change; a lost session is told once. */
import type { ErrorAnswer, StaffSession } from "../api";
import { call, LineBroken, refusal, Refused } from "../client";

let session: StaffSession | null | undefined;
const listeners = new Set<() => void>();

/** undefined: not asked yet; null: nobody is signed in. */
export const currentSession = () => session;

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setSession(next: StaffSession | null): void {
  session = next;
  for (const listener of listeners) listener();
}

interface Asked {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  etag?: string;
  signal?: AbortSignal;
}

export async function ask<T>(path: string, { method = "GET", body, etag, signal }: Asked = {}): Promise<T> {
  const headers = new Headers();
  if (method !== "GET") headers.set("X-CSRF-Token", session?.csrf_token ?? "");
  if (etag) headers.set("If-Match", etag);
  try {
    const response = await call(path, "zh", {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    return (response.status === 204 ? null : await response.json()) as T;
  } catch (failure) {
    if (failure instanceof Refused && failure.code === "not_signed_in" && session) setSession(null);
    throw failure;
  }
}

/** Sends one file as it is; `told` hears how much is through, 0 to 1. */
export function sendFile<T>(path: string, file: File, told: (share: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("X-CSRF-Token", session?.csrf_token ?? "");
    request.setRequestHeader("Accept-Language", "zh");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => told(event.lengthComputable ? event.loaded / event.total : 0);
    request.onerror = () => reject(new LineBroken(path));
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else
        void refusal({
          status: request.status,
          json: () => Promise.resolve(JSON.parse(request.responseText) as ErrorAnswer),
        }).then(reject);
    };
    signal.addEventListener("abort", () => {
      request.abort();
      reject(new DOMException("stopped", "AbortError"));
    });
    request.send(file);
  });
}

/** What to tell a person about a failure. */
export function sentenceOf(failure: unknown): string {
  if (failure instanceof Refused) return failure.message;
  if (failure instanceof LineBroken) return "连不上服务器。您写的内容还在页面上，请检查网络后再试。";
  return "页面没能完成这一步，请刷新后再试。";
}
