/** Starts the clerks' desk. */
import { start } from "../../shared/staff/start";
import { App } from "./App";

start(<App />, { address: "/desk", words: "重新打开帮办台" });
