// AWS's documented sample events, filled with a request.
//
// Of several lines of one header a load balancer and API Gateway 1.0 keep the last in `headers`, and all of them in
// `multiValueHeaders`. A load balancer leaves the query as it came; API Gateway 1.0 decodes it.

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64)";

function partsOf({ method = "GET", path, cookies, headers = {}, body }) {
  const [pathname, query = ""] = path.split("?");
  const pairs = query === "" ? [] : query.split("&").map((pair) => pair.split("="));
  return { method, pathname, query, pairs, cookies, headers: { Host: "shop.test", "User-Agent": BROWSER, ...headers }, body };
}

const lower = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const lists = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()]));
const decoded = (pairs) => pairs.map(([name, value]) => [name, decodeURIComponent(value)]);
const orNull = (pairs) => (pairs.length === 0 ? null : Object.fromEntries(pairs));

function bodyOf(body, isBase64Encoded) {
  if (body === undefined) return { body: null, isBase64Encoded: false };
  return { body: isBase64Encoded ? Buffer.from(body).toString("base64") : body, isBase64Encoded };
}

export function apiGatewayV1(request, inBase64) {
  const { method, pathname, pairs, cookies, headers, body } = partsOf(request);
  return {
    version: "1.0", resource: "/{proxy+}", path: pathname, httpMethod: method,
    headers: { ...headers, ...(cookies.length > 0 && { Cookie: cookies.at(-1) }) },
    multiValueHeaders: lists({ ...headers, ...(cookies.length > 0 && { Cookie: cookies }) }),
    queryStringParameters: orNull(decoded(pairs)),
    multiValueQueryStringParameters: orNull(decoded(pairs).map(([name, value]) => [name, [value]])),
    requestContext: {
      accountId: "123456789012", apiId: "id", authorizer: { claims: null, scopes: null }, domainName: "id.execute-api.us-east-1.amazonaws.com",
      domainPrefix: "id", extendedRequestId: "request-id", httpMethod: method, identity: { sourceIp: "192.0.2.1", userAgent: BROWSER },
      path: pathname, protocol: "HTTP/1.1", requestId: "id=", requestTimeEpoch: 1583349317135, resourceId: null, resourcePath: "/{proxy+}", stage: "$default",
    },
    pathParameters: null, stageVariables: null, ...bodyOf(body, inBase64),
  };
}

export function apiGatewayV2(request, inBase64, domainName = "id.execute-api.us-east-1.amazonaws.com") {
  const { method, pathname, query, pairs, cookies, headers, body } = partsOf(request);
  const { body: text, isBase64Encoded } = bodyOf(body, inBase64);
  return {
    version: "2.0", routeKey: "$default", rawPath: pathname, rawQueryString: query,
    // A browser's one line is taken apart, cookie by cookie.
    ...(cookies.length > 0 && { cookies: cookies.flatMap((line) => line.split("; ")) }),
    headers: lower(headers), ...(pairs.length > 0 && { queryStringParameters: Object.fromEntries(decoded(pairs)) }),
    requestContext: {
      accountId: "123456789012", apiId: "api-id", domainName, domainPrefix: "id",
      http: { method, path: pathname, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: BROWSER },
      requestId: "id", routeKey: "$default", stage: "$default", time: "12/Mar/2020:19:03:58 +0000", timeEpoch: 1583348638390,
    },
    ...(text !== null && { body: text }), isBase64Encoded,
  };
}

export const functionUrl = (request, inBase64) => apiGatewayV2(request, inBase64, "url-id.lambda-url.us-west-2.on.aws");

const TARGETS = "targetgroup/lambda-279XGJDqGZ5rsrHC2Fjr/49e9d65c45c6791a";
const ELB = { elb: { targetGroupArn: `arn:aws:elasticloadbalancing:us-east-1:123456789012:${TARGETS}` } };

export function loadBalancer(request, inBase64) {
  const { method, pathname, pairs, cookies, headers, body } = partsOf(request);
  return {
    requestContext: ELB, httpMethod: method, path: pathname, queryStringParameters: Object.fromEntries(pairs),
    headers: lower({ ...headers, ...(cookies.length > 0 && { Cookie: cookies.at(-1) }) }), ...bodyOf(body ?? "", inBase64 ?? false),
  };
}

export function loadBalancerMulti(request, inBase64) {
  const { queryStringParameters, headers, ...rest } = loadBalancer(request, inBase64);
  return {
    ...rest, multiValueQueryStringParameters: lists(queryStringParameters),
    multiValueHeaders: lists({ ...headers, ...(request.cookies.length > 0 && { cookie: request.cookies }) }),
  };
}

export function netlify(request, inBase64) {
  const { method, pathname, query, pairs, cookies, headers, body } = partsOf(request);
  const kept = lower({ ...headers, ...(cookies.length > 0 && { Cookie: cookies.join("; ") }) });
  return {
    rawUrl: `https://shop.test${request.path}`, rawQuery: query, path: pathname, httpMethod: method, headers: kept,
    multiValueHeaders: lists(kept), queryStringParameters: Object.fromEntries(decoded(pairs)),
    multiValueQueryStringParameters: lists(Object.fromEntries(decoded(pairs))), ...bodyOf(body, inBase64),
  };
}

export function lambdaAtEdge(request) {
  const { method, pathname, query, cookies, headers } = partsOf(request);
  const entries = [...Object.entries(headers), ...(cookies.length > 0 ? [["Cookie", cookies]] : [])];
  const listed = entries.map(([key, values]) => [key.toLowerCase(), [values].flat().map((value) => ({ key, value }))]);
  const config = {
    distributionDomainName: "d111111abcdef8.cloudfront.net", distributionId: "EDFDVBD6EXAMPLE", eventType: "viewer-request",
    requestId: "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
  };
  const edge = { clientIp: "203.0.113.178", headers: Object.fromEntries(listed), method, querystring: query, uri: pathname };
  return { Records: [{ cf: { config, request: edge } }] };
}

export function cloudFrontFunction(request) {
  const { method, pathname, pairs, cookies, headers } = partsOf(request);
  const valued = (all) => Object.fromEntries(all.map(([name, value]) => [name, { value }]));
  const apart = cookies.flatMap((line) => line.split("; ")).map((cookie) => cookie.split("="));
  return {
    version: "1.0",
    context: {
      distributionDomainName: "d111111abcdef8.cloudfront.net", distributionId: "EDFDVBD6EXAMPLE", eventType: "viewer-request",
      requestId: "EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==",
    },
    viewer: { ip: "198.51.100.11" },
    // Headers but for the cookies, which are apart.
    request: { method, uri: pathname, querystring: valued(pairs), headers: valued(Object.entries(lower(headers))), cookies: valued(apart) },
  };
}
