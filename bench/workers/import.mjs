// One program, run once by a runtime that nothing has warmed: what an import takes, and a client's first sale.
//
// In: the contender's file. Out: `{ import, sale }` in milliseconds on the last line of stdout.

const [file] = globalThis.Deno?.args ?? process.argv.slice(2);
const { ANSWER, ANSWER_INIT, buyer } = await import("../job.mjs");
const stub = async () => new Response(ANSWER, ANSWER_INIT);
const from = buyer();
stub();

const began = performance.now();
const { seller } = await import(file);
const imported = performance.now();
const id = await seller(stub)(from);
const sold = performance.now();
if (id !== "sale_xyz") throw new Error(`the sale came to ${id}`);
console.log(JSON.stringify({ import: imported - began, sale: sold - imported }));
