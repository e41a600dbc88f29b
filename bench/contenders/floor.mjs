// Nobody: reads the Cookie header, which every lookup has to.

export const lookup = (request) => request.headers.get("cookie");
