import * as api from "refport-edge";
import * as testing from "refport-edge/testing";
import { play } from "./cases.mjs";

export default { fetch: async () => Response.json(await play({ api, testing })) };
