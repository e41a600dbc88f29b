// The sentences that may stay as they are, each with its reason.

export const EXCEPTIONS = [];
