import * as api from "refport-edge";
import * as testing from "refport-edge/testing";
import { play } from "./cases.mjs";

console.log(`FOUND ${JSON.stringify(await play({ api, testing }))}`);
