// #region page
import { captureClick } from "refport-edge/capture";

export default {
  async fetch(request: Request): Promise<Response> {
    const page = await renderPage(request);
    return captureClick(request, page);
  },
};
// #endregion page

/** Your own code. */
async function renderPage(request: Request): Promise<Response> {
  const headers = { "content-type": "text/html", "cache-control": "public, max-age=60" };
  return new Response(`<h1>${new URL(request.url).pathname}</h1>`, { headers });
}
