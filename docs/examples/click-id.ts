import { getClickIdFromCookie, getClickIdFromRequest } from "refport-edge";

/** From whatever the framework hands its handlers. */
export const ofRequest = (request: Request) => getClickIdFromRequest(request);

/** From a cookie and a query parameter of another name. */
export const ofPartnerCookie = (request: Request) => getClickIdFromRequest(request, "partner");

/** From the text of a Cookie header. */
export const ofHeader = (header: string | undefined) => getClickIdFromCookie(header);

/** From a URL. */
export const ofUrl = () => getClickIdFromRequest("https://shop.example/?refp_id=clk_1");
