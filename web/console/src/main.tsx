/** Starts the knowledge console. */
import { start } from "../../shared/staff/start";
import { App } from "./App";

start(<App />, { address: "/console", words: "重新打开知识库" });
