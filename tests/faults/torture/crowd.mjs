// Many things at a time, but never more than so many, nor longer than so long.

const PROGRESS_MS = 10_000;

/** Runs `work` on each item, `width` at a time; says on stderr how far it is. Ends early when `limitMs` are over. */
export async function crowd(name, items, width, limitMs, work) {
  const began = performance.now();
  const isOver = () => performance.now() - began > limitMs;
  const queue = items.entries();
  let done = 0;
  const progress = setInterval(() => console.error(`     ${name}: ${done} of ${items.length}`), PROGRESS_MS);
  const lane = async () => {
    for (const [index, item] of queue) {
      if (isOver()) return;
      await work(item, index);
      done += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: width }, lane));
  } finally {
    clearInterval(progress);
  }
  if (done < items.length) throw new Error(`only ${done} of ${items.length} were done within ${limitMs / 1000} s`);
}
