export const nitro = [];
