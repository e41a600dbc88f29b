import { runSuite } from "../install.mjs";
await runSuite(async () => {
  const { outage, poison } = await import("./outage.mjs");
  const what = process.argv[2];
  const n = Number(process.argv[3] ?? 60);
  const r = what === "poison" ? await poison(n) : await outage(what, n);
  console.log(r.figures.join(", ")); console.log(r.promises, r.alarms);
});
setInterval(() => console.log(process.getActiveResourcesInfo()), 2000).unref();
