/** Which tone a version's state has. */
import type { VersionState } from "../../../shared/api";
import type { Tone } from "./State";

export function versionTone(state: VersionState): Tone {
  switch (state) {
    case "draft":
      return "warn";
    case "reviewed":
      return "info";
    case "published":
      return "good";
    case "superseded":
      return "plain";
    case "withdrawn":
      return "danger";
  }
}
