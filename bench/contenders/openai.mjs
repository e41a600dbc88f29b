// npm `openai`: a large SDK, for its weight and its start. Its call is its own: a response.

import OpenAI from "openai";
import { API_KEY } from "../job.mjs";

export function seller(fetch) {
  const openai = new OpenAI({ apiKey: API_KEY, fetch, maxRetries: 0 });
  return async () => (await openai.responses.create({ model: "m", input: "i" })) && "sale_xyz";
}
