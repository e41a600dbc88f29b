import { seller } from "./contenders/ours.mjs";
import { seller as plain } from "./contenders/plain.mjs";
import { ANSWER, ANSWER_INIT, buyer } from "./job.mjs";
const stub = async () => new Response(ANSWER, ANSWER_INIT);
const textStub = async () => ({ status: 200, ok: true, headers: new Headers(), text: async () => ANSWER, json: async () => JSON.parse(ANSWER) });
const from = buyer();
for (const [w, s] of [["text", textStub]])
for (const [n, make] of [["ours", seller],["ours", seller],["ours", seller]]) {
  const sell = make(s); const t = process.cpuUsage(); const N = 10000;
  for (let i = 0; i < N; i++) await sell(from);
  const u = process.cpuUsage(t); console.log(w, n, ((u.user + u.system) / N).toFixed(2));
}
