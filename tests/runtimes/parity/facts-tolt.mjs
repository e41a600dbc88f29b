// What Tolt documents of version 2 of its API, and of its own SDK, `@tolt/api`: see facts.mjs.

const refused = (reason) => ({ refused: reason });
const tolt = (suite, ...names) => names.map((name) => `tolt.json, ${suite}: ${name}`);
const REPORT = refused("a page of a dashboard: nothing is reported by it");

export const TOLT_FACTS = {
  "Tolt: address, key, visitor": [
    ["base URL `https://api.tolt.com`, paths with `/v2`", tolt("encode", "tolt transaction: everything a transaction may have")],
    ["`baseUrl` with the path of an endpoint is refused", tolt("validation", "tolt: a base URL with the path of an endpoint")],
    ["`new ToltApiClient({ token })`: the same name of the option, here", tolt("validation", "tolt: no key", "tolt: options by other names")],
    ["cookie `tolt_referral`: the ID of a click, not encoded", tolt("click_id", "tolt: the cookie", "tolt: a cookie is not encoded", "tolt: what a template left")],
    ["the parameter of a partner's link (`ref`, or another) names the partner, and is no click", [...tolt("click_id", "tolt: a parameter is no click"), ...tolt("encode", "tolt transaction: the parameter of a partner's link is no click")]],
    ["cookie `tolt_data`", refused("its form is documented of the script's own function alone")],
  ],
  "Tolt: `POST /v2/clicks`": [
    ["`clicks.create({ param, value, link_id, partner_id, page, referrer, country, device })`", tolt("encode", "tolt click: by the parameter of a link", "tolt click: by a link")],
    ["`trackClick`: of the parameter in the URL of a request; none, no click", [...tolt("encode", "tolt landing: the parameter of the page's URL", "tolt landing: another parameter"), ...tolt("validation", "tolt landing: a page without the parameter is no click", "tolt landing: a parameter that can be none")]],
    ["one of `value`, `link_id`, `partner_id`", tolt("validation", "tolt click: nothing that says whose")],
    ["each call is a click: one whose fate is unknown is not sent again", tolt("retry", "tolt click: 500 stops")],
    ["201 `{ success, message, data: { id, … } }`", tolt("classify", "tolt click: recorded")],
  ],
  "Tolt: `POST /v2/customers`": [
    ["`customers.create`: `partner_id` or `link_id`, `email` or `customer_id`, `click_id` and the rest; `trackLead`", tolt("encode", "tolt customer: with the click of the request", "tolt customer: by a link, with what is not known yet")],
    ["`partner_id` or `link_id`", tolt("validation", "tolt customer: nobody who referred them")],
    ["`email` must not be another's: 409 `already_exists`, a duplicate", tolt("classify", "tolt customer: 409 is a duplicate")],
    ["so it is replay safe with an `email`, and not without", tolt("retry", "tolt customer: 500 with an e-mail address is sent again", "tolt customer: 500 without one stops")],
    ["`email`, `customer_id` and `name` of 255 characters", tolt("validation", "tolt customer: too long")],
    ["200, 201", tolt("classify", "tolt customer: recorded")],
  ],
  "Tolt: `POST /v2/transactions`": [
    ["`transactions.create`: `customer_id` (Tolt's), `amount`, and the rest; `trackSale`", tolt("encode", "tolt transaction: everything a transaction may have", "tolt transaction: the click of the request's cookie", "tolt transaction: a click among the parameters comes before the cookie's")],
    ["`click_id` may be absent", tolt("encode", "tolt transaction: without a click it is sent all the same, the customer is known", "tolt transaction: an empty click is left out", "tolt transaction: what a template left in the place of a click is left out")],
    ["`amount`: a whole number, 0 too", [...tolt("encode", "tolt transaction: an amount of nothing"), ...tolt("validation", "tolt transaction: wrong values")]],
    ["texts of 255 characters", tolt("validation", "tolt transaction: wrong values")],
    ["`charge_id`: a customer has one transaction of each; a repeat is 409 `already_exists`, told as a duplicate", [...tolt("classify", "tolt transaction: 409 is a duplicate", "tolt transaction: another conflict is none"), ...tolt("retry", "tolt transaction: 500 with charge_id is sent again, and a duplicate then")]],
    ["no `charge_id`: nothing is recognised; an empty one is refused, since it would be stored as none", [...tolt("retry", "tolt transaction: 500 without charge_id stops, and may be recorded"), ...tolt("validation", "tolt transaction: wrong values")]],
    ["201 `{ success, message, data }`; in version 1 `data` is a list", tolt("classify", "tolt transaction: recorded", "tolt transaction: recorded, in a list")],
    ["what is no such answer is no success", tolt("classify", ...["a success without data", "data without an ID", "an empty list", "null", "nothing", "HTML", "a failure inside a success"].map((what) => `tolt transaction: ${what} is no answer`))],
    ["a name that is one slip away", tolt("validation", "tolt transaction: a slip")],
  ],
  "Tolt: `POST /v2/transactions/{id}/refund`": [
    ["`transactions.refund({ id })`", tolt("encode", "tolt refund: its ID stands in the path, and there is no body", "tolt refund: an ID is encoded for the path")],
    ["an ID that would be another path is refused", tolt("validation", "tolt refund: without an ID", "tolt refund: . is a way, and no ID", "tolt refund: .. is a way, and no ID")],
    ["given; given before", tolt("classify", "tolt refund: given", "tolt refund: given before", "tolt refund: 409 for another reason", "tolt refund: no such transaction")],
    ["to send it twice does no harm", tolt("retry", "tolt refund: 500 is sent again")],
    ["version 1: `PUT /v1/transactions/{id}/refund`", refused("version 2 has it under its own path")],
  ],
  "Tolt: errors and limits": [
    ["`{ success: false, message, code, doc_url, errors }`", tolt("classify", "tolt transaction: 400 validation_error", "tolt transaction: 400 invalid_reference", "tolt transaction: 401 unauthorized", "tolt transaction: 403 forbidden", "tolt transaction: 413 payload_too_large")],
    ["400 for a `click_id`: `invalid_click_id`", tolt("classify", "tolt transaction: 400 for a click", "tolt customer: 400 for a click", "tolt click: 400 for a link")],
    ["`errors[]`", refused("`serviceMessage` has the words, and the core refuses what the documentation says is wrong before it is sent")],
    ["429 with `Retry-After` in seconds", [...tolt("classify", "tolt transaction: Retry-After on a 429, in seconds"), ...tolt("retry", "tolt transaction: 429 without charge_id waits as long as asked")]],
    ["`Retry-After` on a 429 only: elsewhere it is not the service's", tolt("classify", "tolt transaction: Retry-After on a 503 says nothing")],
    ["lists, commissions, partners, groups, embed tokens", REPORT],
  ],
};
