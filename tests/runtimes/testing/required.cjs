const modules = { api: require("refport-edge"), testing: require("refport-edge/testing") };

import("./cases.mjs").then(async ({ play }) => console.log(`FOUND ${JSON.stringify(await play(modules))}`));
