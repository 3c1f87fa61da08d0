/** A file in a conversation: what it looks like, with numbers covered, and the way to take it along. */
import { useState } from "react";

import type { HandoffFile } from "./api";

export interface FileWords {
  /** Said while the picture is made. */
  making: string;
  /** Said where no picture can be made. */
  none: string;
  /** Said of the picture: what is covered. */
  covered: string;
  download: string;
}

interface Props {
  file: HandoffFile;
  words: FileWords;
}

export function SentFile({ file, words }: Props) {
  const [state, setState] = useState<"making" | "shown" | "none">("making");
  return (
    <figure className="sent-file">
      {state !== "none" && (
        <img
          src={`${file.url}/preview`}
          alt={`${file.name}（${words.covered}）`}
          hidden={state === "making"}
          onLoad={() => setState("shown")}
          onError={() => setState("none")}
        />
      )}
      <figcaption>
        <span className="sent-file-name">{file.name}</span>
        <small>{state === "making" ? words.making : state === "none" ? words.none : words.covered}</small>
        <a href={file.url} download={file.name}>
          {words.download}（{sizeOf(file.size)}）
        </a>
      </figcaption>
    </figure>
  );
}

export const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${String(Math.max(1, Math.round(bytes / 1024)))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
