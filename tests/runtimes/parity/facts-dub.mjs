// What Dub documents of its conversions, and what is known of its server and of its SDK, `dub` 0.73: see facts.mjs.

const refused = (reason) => ({ refused: reason });
const dub = (suite, ...names) => names.map((name) => `dub.json, ${suite}: ${name}`);
const both = (suite, what) => dub(suite, `dub lead: ${what}`, `dub sale: ${what}`);

export const DUB_FACTS = {
  "Dub: address, key, visitor": [
    ["`https://api.dub.co`, paths without a version", dub("encode", "dub sale: everything a sale may have")],
    ["`new Dub({ token, serverURL })`, as in its SDK", dub("encode", "dub: another address").concat(dub("validation", "dub: no key", "dub: options by other names", "dub: a server with the path of an endpoint"))],
    ["its SDK's `retryConfig`, `httpClient`", refused("`maxAttempts`, `budgetMs`, `retry` and `fetch` do their work")],
    ["parameter `dub_id`, then cookie `dub_id`", dub("click_id", "dub: the cookie", "dub: the parameter comes before the cookie", "dub: another service's cookie", "dub: the cookie of a link is another")],
    ["the cookie's value is not encoded", dub("click_id", "dub: a cookie is not encoded", "dub: a malformed % stays too", "dub: a parameter is encoded, as all are")],
    ["the parameter `via` of a partner's link on the shop's own domain; `POST /track/click`", refused("its script resolves it: called from an edge, all visitors would be one")],
    ["`/track/*/client` with a publishable key", refused("for browsers")],
  ],
  "Dub: `POST /track/lead`": [
    ["`clickId`, `eventName`, `customerExternalId` and the rest", dub("encode", "dub lead: everything a lead may have", "dub lead: the click of the request's cookie", "dub lead: the parameter comes before the cookie", "dub lead: a click among the parameters comes before the request's")],
    ["no click: nothing is sent", dub("validation", "dub lead: without a click it is skipped", "dub lead: another service's click", "dub lead: nothing, by the client")],
    ["an empty `clickId`: the click of the customer who is known", dub("encode", "dub lead: an empty click stands for the customer's own, and no other")],
    ["255 characters of `eventName`, 100 of the others, 10,000 of `metadata`", dub("validation", "dub lead: too long", "dub lead: as long as it may be", "dub lead: metadata beyond its limit", "dub lead: metadata at its limit")],
    ["`mode`, `eventQuantity`", dub("validation", "dub lead: a mode that is none", "dub lead: a quantity of 0", "dub lead: a quantity of 101", "dub lead: a quantity of 1.5", "dub lead: a quantity of '3'")],
    ["deprecated names `externalId`, `customerId`", refused("one name is enough; both are sent as they are, and the service takes them")],
    ["200 with a `link`", dub("classify", "dub lead: recorded", "dub lead: a customer who has left no name")],
    ["`link: null`: seen before, within seven days: a duplicate", dub("classify", "dub lead: a link that is null is a lead that was seen before", "dub lead: the same, of a customer who is known", "dub lead: the same, whatever is configured").concat(dub("retry", "dub lead: the first attempt is told as a repeat: a duplicate"))],
    ["it is noted before the click is looked up: after an attempt that failed nobody knows", dub("retry", "dub lead: told as a repeat after an attempt that failed: recorded or lost", "dub lead: the same after a connection that was lost", "dub lead: the same after a rate limit")],
    ["so it is not sent again by itself", dub("retry", "dub lead: 500 stops, and may be recorded")],
    ["`mode: \"deferred\"` may be repeated", refused("it is told by the value of a field; a lead is sent once, whichever its mode")],
  ],
  "Dub: `POST /track/sale`": [
    ["every field", dub("encode", "dub sale: everything a sale may have", "dub sale: a member that is not known").concat(dub("validation", "dub sale: a slip"))],
    ["`clickId` may be absent: the customer may be known", dub("encode", "dub sale: the click of the request", "dub sale: without a click it is sent all the same", "dub sale: without a click, by the client", "dub sale: an empty click is left out", "dub sale: what a template left in the place of a click is left out")],
    ["`amount`: a whole number; 0 is answered and not recorded, so it is refused", dub("validation", "dub sale: an amount of 0", "dub sale: an amount with decimals")],
    ["`paymentProcessor`: a closed list", dub("validation", "dub sale: a processor that it does not know", "dub sale: the processor stripe", "dub sale: the processor custom", "dub sale: the processor apple", "dub sale: the processor lemonsqueezy")],
    ["`invoiceId`: a repeat is answered as the first was: `recorded`, it cannot be told apart", dub("retry", "dub sale: 500 with an invoice ID is sent again at once", "dub sale: 500 without an invoice ID stops, and may be recorded").concat(dub("validation", "dub sale: an empty invoice ID"))],
    ["`customer: null, sale: null`: nobody to credit", dub("classify", "dub sale: nobody to credit").concat(dub("retry", "dub sale: nobody to credit after a 500"))],
    ["amounts in the answer are converted", dub("classify", "dub sale: recorded", "dub sale: converted")],
  ],
  "Dub: `POST /track/open`": [
    ["`deepLink` or `dubDomain`, without the key", dub("encode", "dub open: without the key").concat(dub("validation", "dub open: nothing"))],
    ["`clickId`, or `null` for a bot or nobody", dub("classify", "dub open: a click", "dub open: no visitor is known")],
  ],
  "Dub: errors and limits": [
    ["what is no such answer is no success", ["null", "an empty object", "nothing", "HTML", "a list"].flatMap((what) => both("classify", `${what} is no answer`))],
    ["404 for a click: `invalid_click_id`; for anything else `not_found`", both("classify", "404 for a click").concat(both("classify", "404 for anything else"), dub("classify", "dub sale: 404 for the link of a click", "dub sale: 404 for a lead, whatever its name says"), dub("retry", "dub lead: 404 for a click is not sent again"))],
    ["409 is no duplicate", both("classify", "409 is no duplicate")],
    ["`{ error: { code, message, doc_url } }`", ["400 bad_request", "401 unauthorized", "403 forbidden", "410 invite_expired", "422 unprocessable_entity"].flatMap((what) => dub("classify", `dub sale: ${what}`))],
    ["403 `exceeded_limit`: a plan's quota", dub("classify", "dub sale: 403 exceeded_limit")],
    ["`Retry-After` on a 429, in milliseconds since 1970; documented in seconds", both("classify", "Retry-After on a 429, in milliseconds since 1970").concat(dub("classify", "dub sale: Retry-After on a 429, in seconds, as documented"), dub("retry", "dub lead: a rate limit is waited out, until the time it names", "dub lead: a rate limit that lasts longer than the call"))],
    ["`Retry-After` on every other error says nothing", both("classify", "Retry-After on a 500 says nothing").concat(both("classify", "Retry-After on a 503 is no proof that it was not taken"))],
  ],
  "Dub: webhooks": [
    ["`Dub-Signature`: HMAC-SHA256 of the body in hexadecimal, compared in constant time", dub("webhook", "dub: as the service sends it", "dub: in capitals", "dub: blanks around it", "dub: another digit", "dub: another body", "dub: another secret", "dub: a secret with a line break")],
    ["what is no such header", dub("webhook", "dub: a digit more", "dub: a digit less", "dub: no digit", "dub: with a prefix", "dub: no header", "dub: the signature of the other scheme", "dub: no secret")],
    ["no time in it: the event's ID is returned, to know one that comes again", dub("webhook", "dub: as the service sends it", "dub: an event without an ID", "dub: signed, and no JSON")],
  ],
  "Dub: links, partners, analytics": [["every other endpoint", refused("of a dashboard: nothing is reported by it")]],
};
