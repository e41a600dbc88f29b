// The checks in a Worker. In: `{ golden, ids }` as a JSON POST. Out: `{ lines, passed, failed }`.

import * as api from "refport-edge";
import * as capture from "refport-edge/capture";
import * as checkout from "refport-edge/checkout";
import { run } from "./run.mjs";

const webSocketResponse = () => {
  const { 0: client } = new WebSocketPair();
  return new Response(null, { status: 101, webSocket: client });
};

export default {
  async fetch(request) {
    const lines = [];
    const job = await request.json();
    const print = (line) => lines.push(line);
    return Response.json({ lines, ...(await run({ capture, checkout, api, ...job, print, host: { webSocketResponse } })) });
  },
};
