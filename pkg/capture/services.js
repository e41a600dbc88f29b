// The two services: which parameters bring an ID, and which cookie keeps it.
//
// In: options that were read. Out: `{ cookie, parameters, find, findKept }` for each service that is asked for.

/** Refport's name of the cookie, and of the query parameter. */
export const DEFAULT_NAME = "refp_id";

const SESSION_COOKIE = "_rc_sid";
const SESSION_PARAMETERS = ["_rcid", "rcsid"];

/** The services, Refport first. `lookups` are the package's own; what they find is never what a template left in an ID's place. */
export function servicesOf({ getClickIdFromRequest, getSessionIdFromRequest }, { service, cookieName, paramName = cookieName }) {
  const refport = {
    cookie: cookieName,
    parameters: [paramName],
    find: (url) => getClickIdFromRequest({ url }, paramName),
    findKept: (cookies) => getClickIdFromRequest(cookies, cookieName),
  };
  const refcampaign = {
    cookie: SESSION_COOKIE,
    parameters: SESSION_PARAMETERS,
    find: (url) => getSessionIdFromRequest({ url }),
    findKept: getSessionIdFromRequest,
  };
  if (service === "refport") return [refport];
  return service === "refcampaign" ? [refcampaign] : [refport, refcampaign];
}

/** The cookie to forget: one service's, Refport's where none is named. */
export const cookieToClear = ({ service, cookieName }) => (service === "refcampaign" ? SESSION_COOKIE : cookieName);
