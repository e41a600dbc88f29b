export const opennext = [];
