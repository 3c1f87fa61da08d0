/** Figures in words: seconds, shares, counts; a dash where there is nothing to count. */
import type { WireFigure } from "../../shared/api";

export function figure(one: WireFigure): string {
  if (one.value === null) return "—";
  switch (one.unit) {
    case "share":
      return `${(one.value * 100).toFixed(one.value === 1 || one.value === 0 ? 0 : 1)}%`;
    case "seconds":
      return one.value < 120 ? `${Math.round(one.value)}秒` : `${(one.value / 60).toFixed(1)}分`;
    default:
      return Number.isInteger(one.value) ? String(one.value) : one.value.toFixed(1);
  }
}
