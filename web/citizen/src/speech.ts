/** Reading aloud and listening, where the browser can. Both stay on the device or the browser's own service. */
import { useEffect, useState } from "react";

/** Not in TypeScript's DOM types: the part of it that we use. */
interface Recognizer extends EventTarget {
  lang: string;
  interimResults: boolean;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onend: (() => void) | null;
  onerror: (() => void) | null;
  start: () => void;
  stop: () => void;
}
type RecognizerClass = new () => Recognizer;
declare global {
  interface Window {
    SpeechRecognition?: RecognizerClass;
    webkitSpeechRecognition?: RecognizerClass;
  }
}

export const canRead = "speechSynthesis" in window;
const recognizerClass = window.SpeechRecognition ?? window.webkitSpeechRecognition;
export const canListen = recognizerClass !== undefined;

/** Read a text aloud; press again to stop. */
export function useReading(text: string, lang: string): { reading: boolean; toggle: () => void } {
  const [reading, setReading] = useState(false);
  useEffect(
    () => () => {
      if (canRead && reading) speechSynthesis.cancel();
    },
    [reading],
  );
  const toggle = () => {
    speechSynthesis.cancel();
    if (reading) {
      setReading(false);
      return;
    }
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = lang;
    utterance.rate = 0.9;
    utterance.onend = utterance.onerror = () => setReading(false);
    setReading(true);
    speechSynthesis.speak(utterance);
  };
  return { reading, toggle };
}

/** Press, speak, and the words come as text. */
export function useListening(lang: string, onText: (text: string) => void): { listening: boolean; toggle: () => void } {
  const [recognizer, setRecognizer] = useState<Recognizer | null>(null);
  const toggle = () => {
    if (recognizer) {
      recognizer.stop();
      return;
    }
    if (!recognizerClass) return;
    const next = new recognizerClass();
    next.lang = lang;
    next.interimResults = false;
    next.onresult = (event) => {
      const said = event.results[0]?.[0]?.transcript;
      if (said) onText(said);
    };
    next.onend = next.onerror = () => setRecognizer(null);
    setRecognizer(next);
    next.start();
  };
  return { listening: recognizer !== null, toggle };
}
