// The service, as a process of its own on loopback: it answers every request with the same sale.
//
// In: nothing. Out: its port, to the parent. It ends with its parent.

import { createServer } from "node:http";
import { ANSWER } from "../job.mjs";

const head = { "content-type": "application/json", "content-length": Buffer.byteLength(ANSWER) };
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.writeHead(200, head).end(ANSWER));
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit());
