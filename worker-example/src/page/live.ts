// Keeps the page fresh for as long as a report has not come to its end. Without scripts a reload does the same.
// Out: a script's text. It asks the shop for the same page, and takes over the parts that are named. What is unfolded stays so.

export const LIVE = `
const isOpen = () => document.querySelector("[data-open]").dataset.open !== "0";
async function refresh() {
  const answer = await fetch("/", { headers: { accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.querySelector('[data-live="' + part.dataset.live + '"]');
    if (!next) continue;
    for (const { id } of part.querySelectorAll("details[open]")) {
      const same = next.querySelector("#" + id);
      if (same) same.open = true;
    }
    if (part.isEqualNode(next)) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement.closest("details")?.id : undefined;
    part.replaceWith(document.adoptNode(next));
    if (focused) document.getElementById(focused)?.querySelector("summary").focus();
  }
}
(async () => {
  while (isOpen()) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (!document.hidden) await refresh().catch(() => {});
  }
})();
`;
