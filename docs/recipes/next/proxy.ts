// Next.js 16 (in Next.js 15: middleware.ts, and `export function middleware`): the click of a partner's link is kept.

import { type NextRequest, NextResponse } from "next/server";
import { captureClick } from "refport-edge/capture";

export function proxy(request: NextRequest) {
  return captureClick(request, NextResponse.next());
}
