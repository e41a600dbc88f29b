// npm `cookie`, at the one job it has here.

import { parseCookie } from "cookie";

export const lookup = (request) => parseCookie(request.headers.get("cookie") ?? "").refp_id ?? null;
